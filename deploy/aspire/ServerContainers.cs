namespace BusIngest.AppHost;

/// <summary>RabbitMQ and PostgreSQL in containers, with passwords that are drawn.</summary>
internal sealed class ServerContainers
{
    private readonly IResourceBuilder<RabbitMQServerResource> _rabbitMq;
    private readonly IResourceBuilder<PostgresServerResource> _postgres;
    private readonly IResourceBuilder<PostgresDatabaseResource> _database;

    /// <summary>Adds them, of the versions that docker-compose.yml has.</summary>
    public ServerContainers(IDistributedApplicationBuilder builder)
    {
        _rabbitMq = builder.AddRabbitMQ("rabbitmq").WithImageTag("3.13.7-management").WithManagementPlugin().WithDataVolume();
        _postgres = builder.AddPostgres("postgres").WithImageTag("15.14-bookworm").WithDataVolume();
        _database = _postgres.AddDatabase("busingest");
    }

    /// <summary>Tells a process where they are, and has it wait until they can be used.</summary>
    public IResourceBuilder<ExecutableResource> Connect(IResourceBuilder<ExecutableResource> program) => program
        .WithEnvironment("RABBITMQ_URL", _rabbitMq.Resource.ConnectionStringExpression)
        .WithEnvironment("DATABASE_URL", _database.Resource.UriExpression)
        .WaitFor(_rabbitMq)
        .WaitFor(_database);
}
