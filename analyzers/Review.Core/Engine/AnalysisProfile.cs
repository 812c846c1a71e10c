using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics;

namespace Review.Core.Engine;

/// <summary>
/// Where the time of an analysis goes. Work inside work (a fact that a rule asks for first) counts for itself only. With several threads a rule that waits
/// for a fact which another thread computes is charged with the waiting; one thread gives exact numbers. Nothing of it is part of a result.
/// </summary>
public sealed class AnalysisProfile
{
    [ThreadStatic]
    private static Frame? current;

    private readonly ConcurrentDictionary<string, TimeSpan> times = new(StringComparer.Ordinal);

    /// <summary>The time of every kind of work so far, longest first.</summary>
    public ImmutableArray<(string Work, TimeSpan Time)> Times =>
        [.. times.OrderByDescending(static pair => pair.Value).ThenBy(static pair => pair.Key, StringComparer.Ordinal).Select(static pair => (pair.Key, pair.Value))];

    /// <summary>Adds time that was measured elsewhere.</summary>
    public void Add(string work, TimeSpan time) => times.AddOrUpdate(work, time, (_, before) => before + time);

    /// <summary>Does a piece of work and adds its time.</summary>
    public T Measure<T>(string work, Func<T> run)
    {
        ArgumentNullException.ThrowIfNull(run);
        var frame = new Frame(this, current);
        current = frame;
        var start = Stopwatch.GetTimestamp();
        try
        {
            return run();
        }
        finally
        {
            var time = Stopwatch.GetElapsedTime(start);
            current = frame.Outer;
            if (current is not null)
            {
                current.Inner += time;
            }

            Add(work, time - frame.Inner);
        }
    }

    /// <summary>Does a piece of work that many share; where it is part of work that is measured on this thread, its time is added for itself.</summary>
    public static T MeasureShared<T>(string work, Func<T> run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return current is { } frame ? frame.Profile.Measure(work, run) : run();
    }

    private sealed class Frame(AnalysisProfile profile, Frame? outer)
    {
        public AnalysisProfile Profile { get; } = profile;

        public Frame? Outer { get; } = outer;

        /// <summary>The time of what ran inside.</summary>
        public TimeSpan Inner { get; set; }
    }
}
