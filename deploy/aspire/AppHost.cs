using BusIngest.AppHost;

// Starts the program in its roles and shows them in Aspire's dashboard: README.md.
var builder = DistributedApplication.CreateBuilder(args);
var program = new BusIngestProgram(builder);

switch (await Servers.ChooseAsync())
{
    case Servers.Kind.OfSettings:
        program.AddRoles(role => role.WithSettings(Servers.Prefixes));
        break;
    case Servers.Kind.Containers:
        var containers = new ServerContainers(builder);
        program.AddRoles(containers.Connect);
        break;
    default:
        program.AddWhole();
        break;
}

await builder.Build().RunAsync();
