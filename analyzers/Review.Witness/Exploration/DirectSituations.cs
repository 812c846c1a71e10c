using System.Collections.Concurrent;
using System.Collections.Immutable;
using Review.Core.Syntax;
using Review.Model;
using Review.Model.Calls;
using Review.Model.Eras;
using Review.Model.Memory;
using Review.Witness.Bindings;
using Review.Witness.Interpretation;

namespace Review.Witness.Exploration;

/// <summary>
/// The situations in which a function is called that is no system call of madvise's: address spaces whose range lies in two tables of the lowest level, every shape of page tables
/// if the code walks them, every choice of arguments, and what other threads can do where the code lets them in.
/// </summary>
internal sealed class DirectSituations(ProgramCode program, KernelEra era, KernelBuild build)
{
    /// <summary>The process that fork() gave birth to.</summary>
    public const int Child = 2;

    /// <summary>How far the range lies that pages are moved to, in bytes: behind other tables of every level.</summary>
    public const ulong Distance = 1024 * Gigabyte;

    // What one entry of the second level maps.
    private const ulong Gigabyte = 1UL << 30;

    private const int PagesOfTable = 512;
    private const int Pages = 2;
    private const int FewPages = 4;

    private static readonly ConcurrentDictionary<(KernelEra Era, KernelBuild Build), ImmutableArray<Situation>> Layouts = new();

    private readonly CallersInFile callers = new(program);
    private readonly Dictionary<string, (ImmutableArray<Situation> Situations, string? Unknown)> known = new(StringComparer.Ordinal);

    /// <summary>The functions by which others come to a function of the file, the nearest first.</summary>
    public IReadOnlyList<string> EntriesTo(string function) => callers.EntriesTo(function);

    /// <summary>All situations of an entry, those with nobody else first; empty if it cannot be called, with the reason.</summary>
    public ImmutableArray<Situation> For(string entry, out string? unknown)
    {
        if (!known.TryGetValue(entry, out var found))
        {
            known[entry] = found = Find(entry);
        }

        unknown = found.Unknown;
        return found.Situations;
    }

    private (ImmutableArray<Situation> Situations, string? Unknown) Find(string entry)
    {
        var reached = callers.From(entry).ToList();
        var function = reached[0];
        var held = EntryLocks.Of(function);
        if (held == EntryLock.Unknown)
        {
            return ([], $"to know with which lock {entry}() is called");
        }

        var choices = new ArgumentChoices(reached);
        var isWalk = reached.Exists(WalksTables);
        TableShape[] shapes = isWalk ? Enum.GetValues<TableShape>() : [TableShape.Pages];
        var takesPages = reached.Exists(TakesSinglePages);
        var situations = new List<Situation>();
        var disturbed = new List<Situation>();
        var geometries = new HashSet<string>(StringComparer.Ordinal);
        foreach (var layout in Layouts.GetOrAdd((era, build), static key => [.. Build(key.Era, key.Build)]).Where(layout => takesPages ? IsSmall(layout) : isWalk || layout.Length < Gigabyte))
        {
            // Where every single page multiplies what can happen, all is not tried with all: flags, and what others do, in one address space of each kind.
            var isFirst = situations.Count == 0;
            var isNewKind = geometries.Add(GeometryOf(layout));
            var calls = choices.For(function, layout, new Breadth(HasFlags: isFirst || (takesPages && isNewKind), IsWholeIfSmall: isFirst || !takesPages), out var unknown);
            if (unknown is not null)
            {
                return ([], $"an argument for {unknown} of {SystemCallName.Of(entry)}()");
            }

            situations.AddRange(from call in calls from shape in shapes where IsPossible(shape, layout) select Called(layout, new DirectCall(entry, held, call, shape) { WalksTables = isWalk }));
            if (held != EntryLock.Write && !calls.IsEmpty && (!takesPages || isNewKind))
            {
                // Others change mappings only where the code lets them in, which a lock held for writing all the time does not. The plainest arguments say enough then.
                var plain = Called(layout, new DirectCall(entry, held, calls[0], TableShape.Pages) { WalksTables = isWalk });
                disturbed.AddRange(from program in Disturbances(layout) select plain with { Name = plain.Name + program.Name, Interference = [program.Calls] });
            }
        }

        return ([.. situations, .. disturbed], null);
    }

    /// <summary>The programs of another thread that change mappings there.</summary>
    private static IEnumerable<(string Name, ImmutableArray<Call> Calls)> Disturbances(Situation layout)
    {
        var programs = Situations.Programs(layout.Start).Where(program => !program.Calls.IsEmpty && Situations.Changes(layout.Machine, program.Calls));
        return layout.Length <= FewPages * PageSize ? programs : programs.Append((", munmap() of the whole range", [Situations.Unmap(layout.Start, layout.Length / PageSize)]));
    }

    /// <summary>Code that takes page by page, at each of which much can happen, is not led over thousands of them.</summary>
    private static bool TakesSinglePages(FunctionDefinition function) => function.Body.DescendantsAndSelf<CallExpression>().Any(static call => call.Function?.Name == "handle_mm_fault");

    /// <summary>How the VMAs lie around the range, and whether they have ordinary pages: whether a file is behind the pages makes no difference to how mappings can be changed.</summary>
    private static string GeometryOf(Situation layout) => string.Join(' ', layout.Machine.Space(1).Overlapping(layout.Start - PageSize, layout.Start + layout.Length + PageSize)
        .Select(vma => $"{Places.Of(vma.Start, layout.Start)}..{Places.Of(vma.End, layout.Start)}{(vma.HasAny(VmFlags.Special | VmFlags.HugeTlb) ? "!" : "")}"));

    private static bool IsSmall(Situation layout) => layout.Length <= FewPages * PageSize || layout.Machine.Space(1).Lookup(layout.Start) is { IsHugeTlb: true };

    private static Situation Called(Situation layout, DirectCall call)
    {
        var machine = layout.Machine;
        var space = machine.Process(layout.Process).Space;
        _ = call.Lock switch
        {
            EntryLock.Read => Locks.TryReadLock(ref machine, space, Situation.Thread),
            EntryLock.Write => Locks.TryWriteLock(ref machine, space, Situation.Thread),
            _ => true,
        };
        return layout with { Machine = machine, Direct = call };
    }

    /// <summary>A huge page lies in no VMA that is smaller. Of hugetlbfs the model has nothing but VMAs, and a gigabyte of pages is too much.</summary>
    private static bool IsPossible(TableShape shape, Situation layout)
    {
        var vma = layout.Machine.Space(1).Lookup(layout.Start);
        return shape switch
        {
            TableShape.None or TableShape.FiveLevels => true,
            _ when vma is { IsHugeTlb: true } => false,
            TableShape.Upper => true,
            TableShape.UpperHuge => IsAround(Gigabyte),
            _ when layout.Length >= Gigabyte => false,
            TableShape.FirstHuge => IsAround(Review.Model.Memory.Pages.HugeSize),
            _ => true,
        };

        bool IsAround(ulong size) => vma is not null && vma.Start <= layout.Start / size * size && vma.End >= (layout.Start / size * size) + size;
    }

    private static bool WalksTables(FunctionDefinition function) => function.Body.DescendantsAndSelf<MemberExpression>().Any(static member => member.Field is { Name: "pgd", Record: KernelObjects.Mm });

    /// <summary>The address spaces: a range that ends one page behind the border of two tables, or a whole huge page and one page more.</summary>
    private static IEnumerable<Situation> Build(KernelEra era, KernelBuild build)
    {
        var empty = Layout.Empty(era, build);
        const int First = PagesOfTable - 1;
        yield return Of("anonymous memory", empty.Anonymous(First, Pages).Anonymous(First + Far, Pages), First, Pages);
        yield return Of("anonymous memory with huge pages", empty.Anonymous(0, PagesOfTable + 1).Anonymous(Far, PagesOfTable + 1), 0, PagesOfTable + 1);
        yield return Of("a part of anonymous memory with huge pages", empty.Anonymous(0, PagesOfTable + Pages).Anonymous(Far, PagesOfTable + Pages), First, Pages);
        yield return Of("a shared file", empty.SharedFile(First, Pages, Backing.DiskFile).SharedFile(First + Far, Pages, Backing.DiskFile), First, Pages);
        yield return Of("shared memory with huge pages", empty.SharedFile(0, PagesOfTable + 1, Backing.Shmem).SharedFile(Far, PagesOfTable + 1, Backing.Shmem), 0, PagesOfTable + 1);
        yield return Of("a private file", empty.PrivateFile(First, Pages).PrivateFile(First + Far, Pages), First, Pages);
        yield return Of("a device's memory", empty.MapSpecial(1, Backing.Vvar, Layout.A + (First * PageSize), Pages).MapSpecial(1, Backing.Vvar, Layout.A + ((First + Far) * PageSize), Pages), First, Pages);
        yield return Of("two VMAs", empty.Anonymous(First, 1).Do(static current => new MprotectCall(current, Layout.A + (First * PageSize), PageSize, Prot.Read)).Anonymous(First + 1, 1).Anonymous(First + Far, Pages), First, Pages);
        yield return Of("no memory", empty.Anonymous(0, 1).Anonymous(First + Far, Pages), First - 2, Pages);
        yield return Of("two huge pages of anonymous memory", empty.Untouched(0, 2 * PagesOfTable).Untouched(Far, 2 * PagesOfTable), 0, 2 * PagesOfTable);
        yield return Of("two huge pages of shared memory", empty.SharedFile(0, 2 * PagesOfTable, Backing.Shmem).SharedFile(Far, 2 * PagesOfTable, Backing.Shmem), 0, 2 * PagesOfTable);
        yield return Of("a gigabyte of anonymous memory", empty.Untouched(0, (int)(Gigabyte / PageSize)).Untouched(Far, (int)(Gigabyte / PageSize)), 0, (int)(Gigabyte / PageSize));
        yield return Of("huge pages of hugetlbfs", empty.HugeTlb(0, Pages).HugeTlb(Far, Pages), 0, Pages * PagesOfTable);
    }

    private const int Far = (int)(Distance / PageSize);
    private const ulong PageSize = 4096;

    private static Situation Of(string name, Machine machine, int first, int pages)
    {
        // With a child that has copies of everything, for code that copies.
        machine = machine.Do(static current => new ForkCall(current));
        return new Situation(name, machine, 1, Layout.A + ((ulong)first * PageSize), (ulong)pages * PageSize, 0, ImmutableArray<Call>.Empty);
    }
}
