using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics;

namespace Review.Core.Engine;

/// <summary>
/// Where the time of an analysis goes. Work inside work (a fact that a rule asks for first) counts for itself only, and so does the garbage collector: whose turn it is when it runs
/// is chance, and most of what it moves is the trees of the files. With several threads a rule that waits
/// for a fact which another thread computes is charged with the waiting; one thread gives exact numbers. Nothing of it is part of a result.
/// </summary>
public sealed class AnalysisProfile
{
    /// <summary>What the collector's share is called.</summary>
    private const string Collection = "garbage collection";

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
        var (start, paused) = (Stopwatch.GetTimestamp(), GC.GetTotalPauseDuration());
        try
        {
            return run();
        }
        finally
        {
            var (time, pause) = (Stopwatch.GetElapsedTime(start), GC.GetTotalPauseDuration() - paused);
            current = frame.Outer;
            if (current is not null)
            {
                current.Inner += time;
                current.Pauses += pause;
            }

            var own = pause - frame.Pauses;
            Add(work, time - frame.Inner - own);
            if (own > TimeSpan.Zero)
            {
                Add(Collection, own);
            }
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

        /// <summary>How long the collector stopped what ran inside.</summary>
        public TimeSpan Pauses { get; set; }
    }
}
