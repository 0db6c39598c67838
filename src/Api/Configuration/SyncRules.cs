using BusIngest.Bus;
using BusIngest.Api.Sync;
using BusIngest.Contracts.Sync;
using BusIngest.Workers.Net;
using BusIngest.Workers.Sync;
using BusIngest.Workers.Sync.Pages;
using BusIngest.Workers.Sync.Sources;

namespace BusIngest.Api.Configuration;

/// <summary>Reads the section Sync: the sources, DataSync by names of its own and others under theirs, and whom clients may name.</summary>
internal static class SyncRules
{
    /// <summary>The value that stands for an empty text, since an empty value is the default.</summary>
    private const string None = "-";

    private const int LeastSecret = 16;
    private const int MostSecret = 256;
    private static readonly string[] OwnFields = ["BaseUrl", "ApiKey", "PageSize"];

    /// <summary>Whether a key is one of a source: `Sync:Sources:{name}:{field}`.</summary>
    public static bool IsSourceSetting(string key) =>
        key.StartsWith(SettingKeys.SyncSources, StringComparison.OrdinalIgnoreCase)
        && key[SettingKeys.SyncSources.Length..].Split(':') is [{ Length: > 0 }, var field]
        && (OwnFields.Contains(field, StringComparer.OrdinalIgnoreCase) || SourceField.Find(field) is not null);

    /// <summary>Reads the section.</summary>
    public static SyncOptions Read(SettingReader reader)
    {
        var defaults = new SyncOptions();
        var pageSize = reader.Int(SettingKeys.SyncPageSize, defaults.PageSize, 1, SourceField.MostPageSize);
        return defaults with
        {
            PageSize = pageSize,
            Sources = Sources(reader, pageSize),
            AllowedHosts = HostLists.Read(reader, SettingKeys.SyncAllowedHosts) ?? defaults.AllowedHosts,
            Secret = Secret(reader),
            PageTimeout = TimeSpan.FromMilliseconds(
                reader.Int(SettingKeys.SyncPageTimeoutMs, (int)defaults.PageTimeout.TotalMilliseconds, 1_000, 120_000)),
            LongestWait = TimeSpan.FromMilliseconds(
                reader.Int(SettingKeys.SyncLongestWaitMs, (int)defaults.LongestWait.TotalMilliseconds, 1_000, 7 * 86_400_000)),
            MaxFruitlessPages = reader.Int(SettingKeys.SyncMaxFruitlessPages, defaults.MaxFruitlessPages, 2, 100_000),
            Limits = Limits(reader),
        };
    }

    private static Dictionary<string, ConfiguredSource> Sources(SettingReader reader, int pageSize)
    {
        var sources = new Dictionary<string, ConfiguredSource>(StringComparer.Ordinal);
        if (BaseUrl(reader, SettingKeys.SyncBaseUrl) is { } dataSync)
        {
            var definition = new SourceDefinition { BaseUrl = dataSync, PageSize = pageSize };
            sources[SyncOptions.DataSync] = new ConfiguredSource(definition, ApiKey(reader, SettingKeys.SyncApiKey, definition));
        }

        foreach (var name in reader.Names(SettingKeys.SyncSources))
        {
            if (Source(reader, name, pageSize) is { } source)
                sources[name] = source;
        }

        return sources;
    }

    private static ConfiguredSource? Source(SettingReader reader, string name, int pageSize)
    {
        var section = $"{SettingKeys.SyncSources}{name}:";
        if (BaseUrl(reader, section + "BaseUrl") is not { } baseUrl)
            return null;

        var definition = new SourceDefinition { BaseUrl = baseUrl, PageSize = reader.Int(section + "PageSize", pageSize, 1, SourceField.MostPageSize) };
        foreach (var field in SourceField.All)
        {
            if (reader.Find(section + field.Name) is not { } value)
                continue;

            var text = value.Text is None ? "" : value.Text;
            if (field.Check(text) is { } error)
                reader.Refuse(value, error);
            else
                definition = field.Set(definition, text);
        }

        return new ConfiguredSource(definition, ApiKey(reader, section + "ApiKey", definition));
    }

    private static string? BaseUrl(SettingReader reader, string key)
    {
        if (reader.Find(key) is not { } value)
            return null;
        // It may hold a password, and a key in its query.
        if (!OutboundUrl.TryRead(value.Text, out var url) || url.UserInfo.Length > 0)
            reader.RefuseSecret(value, "is not an absolute http or https address without user name and password");
        else if (OutboundUrl.CheckBase(url) is { } error)
            reader.RefuseSecret(value, error);
        else
            return value.Text;
        return null;
    }

    private static ReloadableText? ApiKey(SettingReader reader, string key, SourceDefinition definition)
    {
        if (reader.Find(key) is not { } value)
            return null;
        if (definition.CheckKey(value.Text) is { } error)
            reader.RefuseSecret(value, error);

        var text = reader.Reloadable(key);
        if (text is not null)
            text.Check = definition.CheckKey;
        return text;
    }

    private static PageLimits Limits(SettingReader reader)
    {
        const int mebi = 1 << 20;
        var defaults = new PageLimits();
        return new PageLimits
        {
            Bytes = reader.Int(SettingKeys.SyncMaxPageBytes, defaults.Bytes, mebi, 1_024 * mebi),
            Items = reader.Int(SettingKeys.SyncMaxPageEvents, defaults.Items, 1_000, 10_000_000),
            Rejects = reader.Int(SettingKeys.SyncMaxPageRejects, defaults.Rejects, 100, 1_000_000),
            Depth = reader.Int(SettingKeys.SyncMaxDepth, defaults.Depth, 8, 1_000),
            CursorBytes = reader.Int(SettingKeys.SyncMaxCursorBytes, defaults.CursorBytes, 256, 65_536),
            BytesInHand = reader.Long(SettingKeys.SyncMaxBytesInHand, defaults.BytesInHand, 64L * mebi, 65_536L * mebi),
        };
    }

    private static string? Secret(SettingReader reader)
    {
        if (reader.Find(SettingKeys.SyncSecret) is not { } value)
            return null;
        if (value.Text.Length is < LeastSecret or > MostSecret)
            reader.RefuseSecret(value, $"is not {LeastSecret} to {MostSecret} characters long");
        return value.Text;
    }
}
