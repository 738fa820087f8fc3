from apps.inbox.management.commands import kabari


class Command(kabari.Command):
    help = "Nama lama dari kabari. " + kabari.Command.help
