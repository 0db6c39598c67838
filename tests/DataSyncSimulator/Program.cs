using BusIngest.DataSyncSimulator;

var options = new ConfigurationBuilder().AddCommandLine(args).Build().Get<SimulatorOptions>() ?? new SimulatorOptions();
await using var simulator = await Simulator.StartAsync(options, TimeProvider.System);
Console.WriteLine($"DataSync simulated at {simulator.Url}: {options}");
Console.WriteLine($"API_BASE_URL={simulator.Url} API_KEY={options.ApiKey}");
await simulator.WaitAsync();
