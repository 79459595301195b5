"""What programmes read of the portal: the ground under the interface and the public exports.

- `records`: what is told of a row, as one table from which both the answer and its description are made;
- `questions`: parameters of an address, read strictly: what is not understood is refused by name;
- `problems`: what went wrong, as problem details (RFC 9457);
- `answers`: a view that programmes read: methods, allowance, ETag, headers for pages of other sites.
"""

# Where the interface lies: problems name their kind by an address there.
ROOT = "/api/v1/"
