"""What the roof's pages read: figures of the network, a story, statistics."""
