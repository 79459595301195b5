"""What is kept of the documents that people send."""

#: {kind: (ending of its name, media type)}; a picture is one of our own making.
KEPT_AS = {
    "pdf": ("pdf", "application/pdf"),
    "picture": ("webp", "image/webp"),
    "docx": ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "odt": ("odt", "application/vnd.oasis.opendocument.text"),
    "xlsx": ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "ods": ("ods", "application/vnd.oasis.opendocument.spreadsheet"),
    "pptx": ("pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
    "odp": ("odp", "application/vnd.oasis.opendocument.presentation"),
}
