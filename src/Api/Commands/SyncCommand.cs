using System.CommandLine;
using BusIngest.Api.Sync;
using BusIngest.Workers.Sync;

namespace BusIngest.Api.Commands;

/// <summary>The command `sync`.</summary>
internal static class SyncCommand
{
    private static readonly Option<string?> Source = new("--source")
    {
        Description = $"A source of the service's settings; {SyncOptions.DataSync}, unless --base-url is given",
    };

    private static readonly Option<string?> BaseUrl = new("--base-url")
    {
        Description = $"Or an address; its key is read from the environment variable {PullOptions.KeyVariable}",
    };

    private static readonly Option<int?> PageSize = new("--page-size") { Description = $"Events a page, 1-{SourceField.MostPageSize}" };

    /// <summary>Makes it, with what is below it.</summary>
    public static Command Create() => new("sync", "Pulls remote APIs") { Run() };

    private static Command Run()
    {
        var run = new Command("run", "Begins a run and follows it to its end; Ctrl-C leaves it to the service. Exits with 0 when it is Completed")
        {
            ServiceOptions.Url, ServiceOptions.ApiKey, Source, BaseUrl, PageSize,
        };
        run.SetAction((parsed, cancellationToken) => SyncFollow.RunAsync(Read(parsed), cancellationToken));
        return run;
    }

    private static PullOptions Read(ParseResult parsed)
    {
        var baseUrl = parsed.GetValue(BaseUrl);
        var source = parsed.GetValue(Source) ?? (baseUrl is null ? SyncOptions.DataSync : null);
        return new PullOptions(parsed.GetRequiredValue(ServiceOptions.Url), parsed.GetValue(ServiceOptions.ApiKey), source, baseUrl, parsed.GetValue(PageSize));
    }
}
