using BusIngest.Contracts;

namespace BusIngest.Bus.Telemetry;

/// <summary>Tells chunks from messages that are taken one by one.</summary>
internal static class ChunkTypes
{
    /// <summary>Whether a message carries many records.</summary>
    public static bool IsChunk(Type message) =>
        Array.Exists(message.GetInterfaces(), type => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IChunk<>));
}
