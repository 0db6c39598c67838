using System.Text.Json;
using BusIngest.Api.Hosting;
using BusIngest.Contracts;
using BusIngest.Contracts.Sync;
using BusIngest.Workers.Net;
using BusIngest.Workers.Sync;
using BusIngest.Workers.Sync.Sources;

namespace BusIngest.Api.Sync;

/// <summary>Reads and checks the body of a new run.</summary>
internal sealed class NewRunReader(SyncOptions options)
{
    private const int LongestKey = 4_096;

    /// <summary>What is wrong, by field; <c>$</c> is the body.</summary>
    public FieldErrors Errors { get; } = new();

    /// <summary>Reads a body.</summary>
    /// <returns>What is asked for; null when something is wrong.</returns>
    public NewRun? Read(JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object)
        {
            Errors.Add("$", "must be an object with source, or with baseUrl");
            return null;
        }

        var run = new NewRun(Text(body, "source"), Text(body, "baseUrl"), Text(body, "apiKey"), PageSize(body), IgnorePace(body));
        if (run.Source is not null)
            CheckSource(run);
        else if (run.BaseUrl is not null)
            run = Describe(run, body);
        else if (Errors.AreNone)
            Errors.Add("source", $"is required, or baseUrl; {Known()}");
        return Errors.AreNone ? run : null;
    }

    private void CheckSource(NewRun run)
    {
        if (!options.Sources.ContainsKey(run.Source!))
            Errors.Add("source", $"is not known; {Known()}");
        if (run.BaseUrl is not null)
            Errors.Add("baseUrl", "must not be given with source");
        if (run.ApiKey is not null)
            Errors.Add("apiKey", "must not be given with source: its key is in the settings");
    }

    private NewRun Describe(NewRun run, JsonElement body)
    {
        if (!OutboundUrl.TryParse(run.BaseUrl!, options.CallableHosts, out var url, out var error))
            Errors.Add("baseUrl", error);
        else if (OutboundUrl.CheckBase(url) is { } wrongBase)
            Errors.Add("baseUrl", wrongBase);
        if (run.ApiKey is { Length: > LongestKey })
            Errors.Add("apiKey", $"must be at most {LongestKey} characters long");

        var definition = new SourceDefinition { BaseUrl = run.BaseUrl!, PageSize = run.PageSize ?? options.PageSize };
        foreach (var field in SourceField.All)
        {
            if (Text(body, field.JsonName) is not { } text)
                continue;
            if (field.Check(text) is { } wrong)
                Errors.Add(field.JsonName, wrong);
            else
                definition = field.Set(definition, text);
        }

        if (definition.CheckKey(run.ApiKey ?? "") is { } wrongKey)
            Errors.Add("apiKey", wrongKey);
        return run with { Definition = definition };
    }

    private string? Text(JsonElement body, string name)
    {
        if (!body.TryGetField(name, out var value) || value.ValueKind == JsonValueKind.Null)
            return null;

        try
        {
            if (value.ValueKind != JsonValueKind.String)
                Errors.Add(name, "must be a text");
            else if (StorableText.Check(value.GetString()) is { } error)
                Errors.Add(name, error);
            else
                return value.GetString();
        }
        catch (InvalidOperationException)
        {
            Errors.Add(name, StorableText.IsNoUnicode);
        }

        return null;
    }

    private int? PageSize(JsonElement body)
    {
        if (!body.TryGetField("pageSize", out var value) || value.ValueKind == JsonValueKind.Null)
            return null;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number is >= 1 and <= SourceField.MostPageSize)
            return number;

        Errors.Add("pageSize", $"must be a whole number from 1 to {SourceField.MostPageSize}");
        return null;
    }

    private bool? IgnorePace(JsonElement body)
    {
        if (!body.TryGetField("ignorePace", out var value) || value.ValueKind is JsonValueKind.Null)
            return null;
        if (value.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
            Errors.Add("ignorePace", "must be true or false");
        return value.ValueKind == JsonValueKind.True;
    }

    private string Known() => options.Sources.Count == 0
        ? "the settings have no sources: API_BASE_URL sets one"
        : $"the sources of the settings are {string.Join(", ", options.Sources.Keys.Order(StringComparer.Ordinal))}";
}
