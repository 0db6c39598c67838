using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using BusIngest.Api.Sync;
using Microsoft.AspNetCore.OpenApi;

namespace BusIngest.Api.OpenApi;

/// <summary>What schemas are called: by their type, and where two workloads have one of the same name, by the workload as well.</summary>
internal static class SchemaIds
{
    private static readonly Lazy<FrozenSet<string>> Shared = new(() => typeof(SchemaIds).Assembly.GetTypes()
        .Where(type => !type.IsNested)
        .GroupBy(type => type.Name, StringComparer.Ordinal)
        .Where(types => types.Skip(1).Any())
        .Select(types => types.Key)
        .ToFrozenSet(StringComparer.Ordinal));

    /// <summary>The id of a type's schema; null: it is written where it is used.</summary>
    public static string? Of(JsonTypeInfo type)
    {
        var bare = Nullable.GetUnderlyingType(type.Type) ?? type.Type;
        if (bare == typeof(JsonElement) || OpenApiOptions.CreateDefaultSchemaReferenceId(type) is not { } id)
            return null;
        if (bare == typeof(RawJson))
            return "SyncEvent";

        return Shared.Value.Contains(type.Type.Name) ? type.Type.Namespace!.Split('.')[^1] + id : id;
    }
}
