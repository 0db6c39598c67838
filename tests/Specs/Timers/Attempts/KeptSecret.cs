using BusIngest.Bus.Storage;

namespace BusIngest.Specs.Timers.Attempts;

/// <summary>The secret that was made because no setting gave one.</summary>
internal static class KeptSecret
{
    /// <summary>Reads it; null when there is none.</summary>
    public static string? Read(MainDatabase database)
    {
        using var reader = database.OpenReader();
        var secret = reader.Statement("SELECT secret FROM webhook_secret WHERE id = 1");
        return secret.Read() ? secret.Text(0) : null;
    }
}
