using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Review.Model.Calls;
using Review.Model.Collections;

namespace Review.Model.Exploration;

/// <summary>How far a thread has come.</summary>
/// <param name="Next">Index of the call that is under way or begins next.</param>
/// <param name="UnderWay">The call where it was interrupted; null between calls.</param>
internal readonly record struct ThreadPoint(int Next, Call? UnderWay);

/// <summary>
/// A state as the numbers of its parts: the machine, what the properties remember, and every thread's place. Equal states have the same future.
/// </summary>
internal readonly record struct PackedState(int Machine, int Properties, Vector128<int> Points)
{
    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var (low, high) = (Points.AsUInt64()[0], Points.AsUInt64()[1]);
        var mixed = ((ulong)(uint)Machine << 32 | (uint)Properties) * 0x9E3779B97F4A7C15UL;
        mixed = (mixed ^ (mixed >> 29) ^ low) * 0xBF58476D1CE4E5B9UL;
        mixed = (mixed ^ (mixed >> 29) ^ high) * 0x94D049BB133111EBUL;
        return (int)(mixed >> 32);
    }
}

/// <summary>Equal values get the same number, counted from 0, and only the first of them is kept.</summary>
internal sealed class Numbering<T>
    where T : notnull
{
    private readonly Dictionary<T, int> numbers = [];
    private readonly List<T> values = [];

    /// <summary>How many different values there are.</summary>
    public int Count => values.Count;

    /// <summary>The value with a number.</summary>
    public T this[int number] => values[number];

    /// <summary>The number of a value; a new one if it was not seen before.</summary>
    public int NumberOf(T value, out bool isNew)
    {
        ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(numbers, value, out var isKnown);
        isNew = !isKnown;
        if (isNew)
        {
            number = values.Count;
            values.Add(value);
        }

        return number;
    }
}

/// <summary>
/// The states that were visited, taken apart: many share a machine, a thread's place or what the properties remember, so every part is kept once
/// (collapse compression; Holzmann, "State compression in Spin").
/// </summary>
internal sealed class StateStore
{
    private readonly Numbering<PackedState> states = new();
    private readonly Numbering<Machine> machines = new();
    private readonly Numbering<ThreadPoint> points = new();
    private readonly Numbering<Seq<Property>> properties = new();

    /// <summary>The number of states.</summary>
    public int Count => states.Count;

    /// <summary>A state's parts, by number.</summary>
    public PackedState this[int state] => states[state];

    /// <summary>The machine of a state.</summary>
    public Machine MachineOf(in PackedState state) => machines[state.Machine];

    /// <summary>What the properties remember in a state.</summary>
    public Seq<Property> PropertiesOf(in PackedState state) => properties[state.Properties];

    /// <summary>Where a thread stands in a state.</summary>
    public ThreadPoint PointOf(in PackedState state, int thread) => points[state.Points[thread]];

    /// <summary>The state where every thread stands before its first call.</summary>
    public PackedState Start(Machine machine, Seq<Property> watched)
    {
        _ = points.NumberOf(default, out _);
        return new PackedState(machines.NumberOf(machine, out _), properties.NumberOf(watched, out _), Vector128<int>.Zero);
    }

    /// <summary>The state after a step of one thread.</summary>
    public PackedState After(in PackedState state, int thread, ThreadPoint point, Machine machine, Seq<Property> watched) => new(
        ReferenceEquals(machine, machines[state.Machine]) ? state.Machine : machines.NumberOf(machine, out _),
        ReferenceEquals(watched, properties[state.Properties]) ? state.Properties : properties.NumberOf(watched, out _),
        state.Points.WithElement(thread, points.NumberOf(point, out _)));

    /// <summary>The number of a state; a new one if it was not visited before.</summary>
    public int NumberOf(in PackedState state, out bool isNew) => states.NumberOf(state, out isNew);
}
