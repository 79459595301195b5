"""What starts and stops the portal on one machine: packages, embedded servers, ``up`` and ``test``. Imports
no app.
"""
