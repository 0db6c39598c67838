using Microsoft.Extensions.Logging;

namespace BusIngest.Bus.Storage;

/// <summary>`busingest.db`: what consumers store, the marks of what they consumed, and what they gave up on.</summary>
public sealed class MainDatabase(DataDirectory directory, ILogger<MainDatabase> logger) : SqliteDatabase(directory, "busingest.db", logger);
