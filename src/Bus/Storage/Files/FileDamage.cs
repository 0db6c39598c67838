using Microsoft.Extensions.Logging;
using SQLitePCL;

namespace BusIngest.Bus.Storage.Files;

/// <summary>Remembers that a SQLite file was found to be damaged. Other tables of it may well be written and read, so that no count of failures tells.</summary>
/// <param name="path">The file.</param>
/// <param name="logger">Told once.</param>
internal sealed class FileDamage(string path, ILogger logger)
{
    private string? _found;

    /// <summary>What was found, and what to do; null: nothing yet. It stays until the process begins anew.</summary>
    public string? Found => Volatile.Read(ref _found);

    /// <summary>Whether a result of SQLite says that the file is damaged.</summary>
    public static bool IsDamage(int code) => code is raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB;

    /// <summary>What to say of a damaged file.</summary>
    public static string Describe(string path, string words) =>
        $"{path} is damaged ({words}). Stop this process and restore the file from a backup, or save what can be read: sqlite3 {Path.GetFileName(path)} .recover | sqlite3 new.db";

    /// <summary>Notes what SQLite said, if it is that.</summary>
    public void Note(int code, string words)
    {
        if (!IsDamage(code) || Found is not null)
            return;

        var found = Describe(path, words);
        if (Interlocked.CompareExchange(ref _found, found, null) is null)
            logger.LogError("{Damage}", found);
    }
}
