"""Letters to people: a kind is registered, a row is written in the caller's transaction, the worker sends it.

    register(NotificationKind("proposal_sent", template="helpdesk/mail/proposal_sent", why=_("a colleague
    asks …")))

    notify(kind="proposal_sent", to=Address("a@b.example", "Maja Lindqvist", "sv"), context={"days": 5},
           subject=proposal, action_url=absolute(path))

``<template>.txt`` is a Django template whose first line is the subject and whose paragraphs are parted by
empty lines. A paragraph ``Words: {{ action_url }}`` becomes a button with these words in the HTML part; another
address of the portal behind words, or alone on the last of some lines, makes the first of them a link.
Greeting, the reason why one gets the letter, and the portal's name are added.
"""
