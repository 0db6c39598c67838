using BusIngest.Api.Configuration;
using BusIngest.Bus;
using BusIngest.Bus.Storage;
using Serilog.Events;

namespace BusIngest.Api.Commands.Events;

/// <summary>`seed-events`: runs the program without its routes and generators, and seeds.</summary>
internal static class SeedEventsRun
{
    /// <summary>Runs on the console, with the settings of this process.</summary>
    /// <returns>What the process exits with: 0 when all are stored.</returns>
    public static Task<int> RunAsync(long events, SampleOptions options, CommandConsole console, CancellationToken cancellationToken) => console.RunAsync(async () =>
    {
        try
        {
            return await RunAsync(SettingsLoader.Load([]), events, options, console, cancellationToken);
        }
        catch (OperationCanceledException exception)
        {
            // Ctrl-C.
            throw new CommandException("Interrupted: what was accepted by now is stored when the program runs again.", exception);
        }
        catch (DataDirectoryException exception)
        {
            throw new CommandException($"{exception.Message} Stop that process or, over RABBITMQ_URL, give another DATA_DIR.", exception);
        }
    });

    /// <summary>Runs.</summary>
    /// <param name="settings">Those of the program.</param>
    /// <param name="events">How many events.</param>
    /// <param name="options">What they are like.</param>
    /// <param name="console">Where lines go.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public static async Task<int> RunAsync(
        Settings settings, long events, SampleOptions options, CommandConsole console, CancellationToken cancellationToken)
    {
        await using var program = Service.Build(Quiet(settings));
        await program.Services.PrepareStorageAsync(cancellationToken);
        await program.StartAsync(cancellationToken);
        var seeder = new EventSeeder(program.Services, options, events);
        SeedState last;
        try
        {
            await CommandProgress.ShowAsync(seeder.RunAsync(cancellationToken), () => Progress(seeder.State, console), console, TimeProvider.System);
            last = seeder.State;
        }
        finally
        {
            await program.StopAsync(CancellationToken.None);
        }

        await console.WriteAsync(SeedLine.Of(last, isDone: true), CommandJson.Default.SeedLine);
        await console.SayAsync(string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"{events:N0} events of {options.Accounts:N0} accounts stored in {last.Elapsed.TotalSeconds:0.0} s: {events / last.Elapsed.TotalSeconds:N0} events/s"));
        return 0;
    }

    private static ProgressState Progress(SeedState state, CommandConsole console) => new(state.Stored, state.Events, state.ToString())
    {
        WriteJsonAsync = () => console.WriteAsync(SeedLine.Of(state), CommandJson.Default.SeedLine),
    };

    /// <summary>Without routes, without the generator of cars, without lines on the console; over a broker, others do the work.</summary>
    private static Settings Quiet(Settings settings) => settings with
    {
        Roles = settings.RabbitMq is null ? Roles.Needed & ~Roles.Api : Roles.None,
        Http = settings.Http with { Port = 0, Bind = HttpSettings.Loopback },
        Logs = settings.Logs with { Level = LogEventLevel.Error },
        Notices = [],
    };
}
