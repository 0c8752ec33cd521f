"""Files that people send: checked by content, kept in private, shown by expiring links. 文件"""
