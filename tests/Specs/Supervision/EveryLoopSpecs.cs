using System.Reflection;
using BusIngest.Api;
using BusIngest.Bus;
using BusIngest.Bus.Mongo;
using BusIngest.Bus.Scheduling;
using BusIngest.Bus.Supervision;
using BusIngest.Sagas.Timers;
using BusIngest.Workers.Timers;
using Microsoft.Extensions.Hosting;

namespace BusIngest.Specs.Supervision;

/// <summary>No background loop ends alone: what is hosted runs under the supervisor.</summary>
public sealed class EveryLoopSpecs
{
    private static readonly Assembly[] Program =
        [typeof(Service).Assembly, typeof(BusOptions).Assembly, typeof(TimersRegistration).Assembly, typeof(TimerState).Assembly];

    /// <summary>Those that are no supervised service themselves, and why.</summary>
    private static readonly Dictionary<Type, string> Others = new()
    {
        [typeof(SupervisedService)] = "it is what puts a loop under the supervisor",
        [typeof(DueWindow)] = "it is three loops, each under the supervisor",
        [typeof(DocumentCopier)] = "it is a loop for each collection, each under the supervisor",
    };

    [Fact]
    public void Should_be_under_the_supervisor()
    {
        var hosted = Program.SelectMany(assembly => assembly.GetTypes()).Where(type => type.IsSubclassOf(typeof(BackgroundService))).ToList();

        Assert.Contains(hosted, type => type.IsSubclassOf(typeof(SupervisedService)));
        Assert.Empty(hosted.Where(type => !type.IsSubclassOf(typeof(SupervisedService)) && !Others.ContainsKey(type)).Select(type => type.FullName));
    }
}
