using System.Collections.Immutable;
using Review.Model.Memory;
using Review.Model.Userfault;

namespace Review.Model.Exploration;

/// <summary>Says what a step changed, as far as a reader of an interleaving wants to know: locks, events, VMAs, pages.</summary>
/// <param name="nameOf">Writes an address, for instance "A+1p".</param>
public sealed class StepEffects(Func<ulong, string> nameOf)
{
    /// <summary>The changes, most telling first; empty if nothing changed that others could see.</summary>
    public ImmutableArray<string> Between(Machine before, Machine after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        var effects = ImmutableArray.CreateBuilder<string>();
        for (var number = 1; number <= Math.Min(before.Userfaultfds.Count, after.Userfaultfds.Count); number++)
        {
            AddEvents(before.Uffd(number), after.Uffd(number), effects);
        }

        for (var number = 1; number <= Math.Min(before.Spaces.Count, after.Spaces.Count); number++)
        {
            AddVmas(before.Space(number), after.Space(number), effects);
            AddPages(before.Space(number), after.Space(number), effects);
            AddLocks(before.Space(number), after.Space(number), effects);
        }

        return effects.ToImmutable();
    }

    private void AddEvents(Userfaultfd before, Userfaultfd after, ImmutableArray<string>.Builder effects)
    {
        foreach (var message in after.Messages.Where(message => message.Ticket >= before.NextTicket))
        {
            effects.Add(message.Event == UffdEvent.PageFault ? $"asks for the page at {nameOf(message.Start)}" : $"sends event {TextOf(message)}");
        }

        foreach (var message in before.Messages.Where(message => after.Messages.All(other => other.Ticket != message.Ticket)))
        {
            effects.Add(message.Event == UffdEvent.PageFault ? $"the page at {nameOf(message.Start)} is there" : $"reads event {TextOf(message)}");
        }
    }

    private string TextOf(UffdMessage message) => message.Event == UffdEvent.Fork ? "FORK" : $"{message.Event.ToString().ToUpperInvariant()} [{nameOf(message.Start)}, {nameOf(message.End)})";

    private void AddVmas(AddressSpace before, AddressSpace after, ImmutableArray<string>.Builder effects)
    {
        if (ReferenceEquals(before.Vmas, after.Vmas))
        {
            return;
        }

        var added = after.Vmas.Where(vma => !before.Vmas.Contains(vma)).ToList();
        var gone = before.Vmas.Where(vma => !after.Vmas.Contains(vma)).ToList();
        if (added.Count == 1 && gone.Count == 1 && added[0].Start == gone[0].Start && added[0].End == gone[0].End)
        {
            effects.Add($"flags of VMA {TextOf(added[0])} change");
        }
        else if (added.Count > 0)
        {
            effects.Add($"VMA{(added.Count > 1 ? "s" : "")} now {string.Join(" ", added.Select(TextOf))}");
        }
        else
        {
            effects.Add($"unmapped {string.Join(" ", gone.Select(TextOf))}");
        }
    }

    private string TextOf(Vma vma) => $"[{nameOf(vma.Start)}, {nameOf(vma.End)})";

    private void AddPages(AddressSpace before, AddressSpace after, ImmutableArray<string>.Builder effects)
    {
        if (ReferenceEquals(before.Table, after.Table))
        {
            return;
        }

        var numbers = before.Table.In(0, ulong.MaxValue).Select(static pair => pair.Key).Union(after.Table.In(0, ulong.MaxValue).Select(static pair => pair.Key));
        var changed = numbers.Order().Where(number => before.Table[number].Kind != after.Table[number].Kind || before.Table[number].Frame != after.Table[number].Frame).ToList();
        AddRuns("discards", changed.Where(number => after.Table[number].IsNone), effects);
        AddRuns("maps", changed.Where(number => after.Table[number].IsPresent), effects);
        AddRuns("guards", changed.Where(number => after.Table[number].Kind == PteKind.Guard), effects);
    }

    private void AddRuns(string verb, IEnumerable<ulong> numbers, ImmutableArray<string>.Builder effects)
    {
        ulong first = 0, end = 0;
        foreach (var number in numbers.Append(ulong.MaxValue))
        {
            if (number == end && end > 0)
            {
                end++;
                continue;
            }

            if (end > first)
            {
                effects.Add($"{verb} [{nameOf(first << Pages.Shift)}, {nameOf(end << Pages.Shift)})");
            }

            (first, end) = (number, unchecked(number + 1));
        }
    }

    private static void AddLocks(AddressSpace before, AddressSpace after, ImmutableArray<string>.Builder effects)
    {
        if (before.Lock != after.Lock)
        {
            effects.Add(after.Lock.Writer != 0 ? "takes mmap_lock for writing"
                : before.Lock.Writer != 0 ? "drops mmap_lock"
                : (after.Lock.Readers & ~before.Lock.Readers) != 0 ? "takes mmap_lock for reading"
                : "drops mmap_lock");
        }

        if (before.VmaLocks.Count != after.VmaLocks.Count)
        {
            effects.Add(after.VmaLocks.Count > before.VmaLocks.Count ? "takes the lock of the VMA" : "drops the lock of the VMA");
        }
    }
}
