"""Who may write about the network's life."""

import rules

from ecett.accounts.rules import is_desk, is_secretary

rules.add_perm("network.see_workshops", rules.is_authenticated)
rules.add_perm("network.add_presentation", rules.is_authenticated)
rules.add_perm("network.keep_workshops", is_desk | is_secretary)
