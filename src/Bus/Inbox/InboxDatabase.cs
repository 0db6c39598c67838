using BusIngest.Bus.Storage;
using Microsoft.Extensions.Logging;

namespace BusIngest.Bus.Inbox;

/// <summary>`inbox.db`: messages that were accepted and not yet consumed.</summary>
public sealed class InboxDatabase(DataDirectory directory, ILogger<InboxDatabase> logger) : SqliteDatabase(directory, "inbox.db", logger);
