using BusIngest.Api;
using BusIngest.Api.Commands;
using BusIngest.Api.Configuration;
using BusIngest.Api.Hosting;
using BusIngest.Bus.Storage;

// Whatever this process makes is its owner's alone, from the first byte.
PrivateUmask.Set();

if (ProgramCommands.IsCommand(args))
{
    StandardStreams.Guard();
    return await ProgramCommands.RunAsync(args);
}

try
{
    var settings = SettingsLoader.Load(ProgramCommands.Switches(args));
    await using var app = Service.Build(settings);
    if (await Service.RunAsync(app))
        return 0;
    return ProgramEnd.Unasked(Console.Error);
}
catch (SettingsException exception)
{
    return exception.Report(Console.Error);
}
catch (Exception exception) when (exception is DataDirectoryException or StorageUnavailableException or DatabaseUnfitException)
{
    return new SettingsException(exception.Message).Report(Console.Error);
}
catch (Exception exception)
{
    return ProgramEnd.Of(exception, Console.Error);
}
