using System.Text.Json;
using BusIngest.Bus.Storage;
using BusIngest.Contracts.Failover;

namespace BusIngest.Bus.Outbox.Failover.Sessions;

/// <summary>`failover-session.json` in the data directory: the session that is open, for the process that comes after a crash.</summary>
internal sealed class SessionFile(DataDirectory directory)
{
    private string FileName => Path.Combine(directory.Path, "failover-session.json");

    /// <summary>The session that was left open; null when none was, or when it can't be read.</summary>
    public FailoverFacts? Read()
    {
        try
        {
            var left = JsonSerializer.Deserialize(File.ReadAllBytes(FileName), FailoverJson.Default.FailoverFacts);
            return left?.RecoveryCompletedAt is null ? left : null;
        }
        catch (Exception exception) when (exception is IOException or JsonException or UnauthorizedAccessException)
        {
            // Torn by the crash: the rows are safe, and make a session of their own.
            return null;
        }
    }

    /// <summary>Keeps the session.</summary>
    /// <exception cref="IOException">The file can't be written.</exception>
    public void Write(FailoverFacts session)
    {
        var temporary = FileName + ".new";
        File.WriteAllBytes(temporary, JsonSerializer.SerializeToUtf8Bytes(session, FailoverJson.Default.FailoverFacts));
        File.Move(temporary, FileName, overwrite: true);
    }

    /// <summary>Forgets it.</summary>
    public void Delete() => File.Delete(FileName);
}
