"""What is read: rates, contracts, mobilities and the stays that may become one."""
