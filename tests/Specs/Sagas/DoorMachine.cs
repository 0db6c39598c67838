using BusIngest.Bus.Sagas;
using MassTransit;

namespace BusIngest.Specs.Sagas;

/// <summary>A saga with names and ways that are hard to draw.</summary>
public sealed class DoorMachine : MassTransitStateMachine<Door>
{
    public DoorMachine()
    {
        InstanceState(x => x.CurrentState);
        Event(() => Pushed, x => x.CorrelateById(context => context.Message.Id));
        Event(() => Blown_Öff, x => x.CorrelateById(context => context.Message.Id));

        Initially(When(Pushed).TransitionTo(Default));
        During(Default, When(Pushed).TransitionTo(Note), When(Blown_Öff).Finalize());
        During(Note, When(Pushed).IfElse(_ => true, x => x.TransitionTo(Default), x => x.TransitionTo(Note)), Ignore(Blown_Öff));
    }

    public State Default { get; } = null!;

    public State Note { get; } = null!;

    public State Stuck { get; } = null!;

    public Event<DoorPushed> Pushed { get; } = null!;

    public Event<DoorBlown> Blown_Öff { get; } = null!;
}

public sealed class Door : ISagaDocument
{
    public Guid CorrelationId { get; set; }

    public string CurrentState { get; set; } = "";

    public int SchemaVersion { get; set; } = 1;
}

public sealed record DoorPushed(Guid Id);

public sealed record DoorBlown(Guid Id);
