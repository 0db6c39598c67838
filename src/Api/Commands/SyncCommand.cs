using System.CommandLine;
using BusIngest.Api.Sync;
using BusIngest.Workers.Sync;

namespace BusIngest.Api.Commands;

/// <summary>The command `sync`.</summary>
internal static class SyncCommand
{
    private const string About = $"""
        Begins a run and follows it to its end: a bar on a terminal, lines elsewhere. Ctrl-C leaves it to the service.

          BusIngest.Api sync run
          BusIngest.Api sync run --source shop
          {PullOptions.KeyVariable}=… BusIngest.Api sync run --base-url https://api.example.com/v2 --page-size 500
          BusIngest.Api sync run --json                             what GET /sync/runs/<runId> answers, every 2 s, and at the end

        Exits with 0 when it is Completed; with 1 when it was refused, Failed, Cancelled, or not followed to its end.
        """;

    private static readonly Option<string?> Source =
        CommandOptions.Text("--source", $"A source of the service's settings; {SyncOptions.DataSync}, unless --base-url is given");

    private static readonly Option<Uri?> BaseUrl =
        CommandOptions.Address("--base-url", $"Or an address; its key is read from the environment variable {PullOptions.KeyVariable}");

    private static readonly Option<int?> PageSize =
        CommandOptions.WholeOrNone("--page-size", $"Events a page, 1-{SourceField.MostPageSize}", 1, SourceField.MostPageSize);

    /// <summary>Makes it, with what is below it.</summary>
    public static Command Create() => new("sync", "Pulls remote APIs") { Run() };

    private static Command Run()
    {
        var run = new Command("run", About)
        {
            ServiceOptions.Url, ServiceOptions.ApiKey, ServiceOptions.ApiKeyFile, Source, BaseUrl, PageSize, ServiceOptions.Json,
        };
        run.SetAction((parsed, cancellationToken) => SyncFollow.RunAsync(Read(parsed), CommandConsole.Of(parsed), cancellationToken));
        return run;
    }

    private static PullOptions Read(ParseResult parsed)
    {
        var baseUrl = parsed.GetValue(BaseUrl)?.OriginalString;
        var source = parsed.GetValue(Source) ?? (baseUrl is null ? SyncOptions.DataSync : null);
        return new PullOptions(ServiceOptions.Address(parsed), ServiceOptions.Key(parsed), source, baseUrl, parsed.GetValue(PageSize));
    }
}
