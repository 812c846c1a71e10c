using System.Globalization;
using Review.Model.Collections;

namespace Review.Model.Exploration;

/// <summary>
/// fork() returns only after the monitor has read EVENT_FORK, which brings it the userfaultfd of the child's memory: without that nobody would ever answer the child's faults.
/// </summary>
public sealed record ForkIsAnnounced() : Property("fork-is-announced")
{
    /// <summary>Userfaultfds of children, and which thread is forking.</summary>
    private Seq<(int Userfaultfd, int Thread)> Made { get; init; } = [];

    /// <inheritdoc/>
    public override string Claim => "fork() returns only after the event that brings the child's userfaultfd was read";

    /// <inheritdoc/>
    public override Property After(in Transition step, out Breach? breach)
    {
        breach = null;
        var thread = step.Call.Current.Thread;
        var made = Made;
        for (var number = step.Before.Userfaultfds.Count + 1; number <= step.After.Userfaultfds.Count; number++)
        {
            made = made.Add((number, thread));
        }

        for (var i = made.Count - 1; step.Result is not null && i >= 0; i--)
        {
            if (made[i].Thread != thread)
            {
                continue;
            }

            var uffd = step.After.Uffd(made[i].Userfaultfd);
            breach = uffd.HasMonitor || step.After.Uffd(uffd.ForkedFrom).IsClosed
                ? breach
                : new Breach(string.Create(CultureInfo.InvariantCulture, $"fork() returned, and nobody has read the event that brings userfaultfd {made[i].Userfaultfd}"));
            made = made.RemoveAt(i);
        }

        return made.Count == Made.Count && made.Equals(Made) ? this : this with { Made = made };
    }
}
