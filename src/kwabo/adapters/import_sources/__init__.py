"""Folders of the server, SFTP and HTTPS as sources of files: see `ports.import_sources`."""
