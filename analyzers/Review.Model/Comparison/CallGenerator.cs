using System.Collections.Immutable;
using Review.Model.Scenarios;

namespace Review.Model.Comparison;

/// <summary>Makes one random call on the mappings of a sequence.</summary>
internal sealed partial class CallGenerator
{
    private readonly Dice dice;
    private readonly MappingGenerator maps;
    private readonly IReadOnlySet<string> available;
    private readonly ImmutableArray<(int Weight, Func<IEnumerable<Operation>> Make)> calls;
    private int names;
    private bool isUffdClosed;
    private bool hasMovedFreely;
    private bool hasLostRights;
    private int depth;

    public CallGenerator(Dice dice, MappingGenerator maps, IReadOnlySet<string> available)
    {
        this.dice = dice;
        this.maps = maps;
        this.available = available;
        calls =
        [
            (34, Advise),
            (18, Write),
            (10, Read),
            (9, Protect),
            (5, Unmap),
            (5, MapOver),
            (6, Remap),
            (6, Lock),
            (2, Seal),
            (2, Synchronize),
            (3, InCore),
            (4, AdviseProcess),
            (3, Remote),
            (3, ForkChild),
            (2, Truncate),
            (1, CloseDescriptor),
            (1, LoseRights),
            (available.Contains(Requirement.Uffd) ? 4 : 0, Userfault),
            (available.Contains(Requirement.Uffd) ? 3 : 0, Monitored),
        ];
    }

    private static CallExpectation Any => CallExpectation.Success;

    /// <summary>A call, with what has to come before it.</summary>
    public IEnumerable<Operation> Make() => dice.Weighted(calls.AsSpan())();

    /// <summary>Reads every page at the end, so that contents of absent pages are compared too.</summary>
    public IEnumerable<Operation> LastLook() => maps.Mappings.Select(static mapping =>
        new ReadBytes(AddressExpression.In(mapping.Name), AddressExpression.Pages((ulong)mapping.Pages), new ReadExpectation(AccessOutcome.Done)));

    /// <summary>A range of pages that mostly lies in a mapping.</summary>
    private (AddressExpression Address, AddressExpression Length, int Pages) Range()
    {
        var mapping = maps.Mappings[dice.Below(maps.Mappings.Count)];
        if (dice.OneIn(5))
        {
            return (AddressExpression.In(mapping.Name), AddressExpression.Pages((ulong)mapping.Pages), mapping.Pages);
        }

        var start = dice.Between(dice.OneIn(10) ? -2 : 0, mapping.Pages - 1);
        var most = mapping.Pages - start + (dice.OneIn(8) ? 2 : 0);
        var pages = dice.Between(1, Math.Max(1, most));
        return (AddressExpression.In(mapping.Name, start), AddressExpression.Pages((ulong)pages), pages);
    }

    /// <summary>As <see cref="Range"/>, but now and then unaligned, empty, or wrapping around.</summary>
    private (AddressExpression Address, AddressExpression Length) LooseRange()
    {
        var (address, length, _) = Range();
        return dice.Below(40) switch
        {
            0 => (Parse($"{address}+1"), length),
            1 => (address, AddressExpression.Zero),
            2 => (address, Parse($"{length}-100")),
            3 => (address, Parse("-1")),
            4 => (address, Parse($"0-{maps.Mappings[0].Name}+4p")),
            5 => (Parse($"{address}+100"), AddressExpression.Zero),
            _ => (address, length),
        };
    }

    private static AddressExpression Parse(string text) =>
        AddressExpression.TryParse(text, out var expression) ? expression : throw new ArgumentException($"'{text}' is no address expression", nameof(text));

    private int AnyAdvice() => dice.Weighted(
        (14, Madv.DontNeed),
        (8, Madv.Free),
        (5, Madv.Remove),
        (3, Madv.DontFork),
        (2, Madv.DoFork),
        (3, Madv.Mergeable),
        (2, Madv.Unmergeable),
        (2, Madv.HugePage),
        (2, Madv.NoHugePage),
        (3, Madv.DontDump),
        (2, Madv.DoDump),
        (3, Madv.WipeOnFork),
        (2, Madv.KeepOnFork),
        (3, Madv.Cold),
        (4, Madv.PageOut),
        (5, Madv.PopulateRead),
        (5, Madv.PopulateWrite),
        (4, Madv.DontNeedLocked),
        (available.Contains(Requirement.Thp) ? 1 : 0, Madv.Collapse),
        (7, Madv.GuardInstall),
        (4, Madv.GuardRemove),
        (3, Madv.Normal),
        (5, Madv.Random),
        (4, Madv.Sequential),
        (2, Madv.WillNeed),
        (1, dice.Of(5, 6, 7, 26, 99, 104, -1, int.MaxValue, int.MinValue, 1000)));

    private IEnumerable<Operation> Advise()
    {
        var (address, length) = LooseRange();
        return [new Madvise(address, length, AnyAdvice(), Any)];
    }

    private IEnumerable<Operation> Write()
    {
        var (address, length, _) = Range();
        return [dice.OneIn(4) ? new WritePattern(address, length) : new WriteBytes(address, length, (byte)dice.Between(1, 255), AccessOutcome.Done)];
    }

    private IEnumerable<Operation> Read()
    {
        var (address, length, _) = Range();
        return [new ReadBytes(address, length, new ReadExpectation(AccessOutcome.Done))];
    }

    private IEnumerable<Operation> Protect()
    {
        var (address, length) = LooseRange();
        var protection = dice.Weighted(
            (5, Protection.Read),
            (5, Protection.Read | Protection.Write),
            (4, Protection.None),
            (1, Protection.Write),
            (2, Protection.Read | Protection.Execute),
            (1, Protection.Execute),
            (1, Protection.Write | Protection.Execute),
            (2, Protection.Read | Protection.Write | Protection.Execute));
        return [new Mprotect(address, length, protection, Any)];
    }

    private IEnumerable<Operation> Unmap()
    {
        var (address, length) = LooseRange();
        return [new Munmap(address, length, Any)];
    }

    private IEnumerable<Operation> MapOver()
    {
        var (address, _, pages) = Range();
        return maps.Over(address, pages);
    }

    private IEnumerable<Operation> Lock()
    {
        var (address, length) = LooseRange();
        return
        [
            dice.Below(5) switch
            {
                0 or 1 => new Mlock(address, length, Any),
                2 => new Mlock2(address, length, dice.Weighted((5, 1), (2, 0), (1, 2), (1, -1)), Any),
                _ => new Munlock(address, length, Any),
            },
        ];
    }

    private IEnumerable<Operation> Seal()
    {
        var (address, length) = LooseRange();
        return [new Mseal(address, length, dice.OneIn(10) ? 1UL : 0, Any)];
    }

    private IEnumerable<Operation> Synchronize()
    {
        var (address, length) = LooseRange();
        return [new Msync(address, length, dice.Weighted((4, Msync.Sync), (3, Msync.Async), (3, Msync.Sync | Msync.Invalidate), (1, Msync.Sync | Msync.Async), (1, 8)), Any)];
    }

    private IEnumerable<Operation> InCore()
    {
        var (address, length) = LooseRange();
        return [new Mincore(address, length, dice.OneIn(12), Any, Vector: null)];
    }

    private IEnumerable<Operation> Remap()
    {
        var (address, length, pages) = Range();
        switch (dice.Below(7))
        {
            case 0:
                return [new Mremap(address, length, AddressExpression.Pages((ulong)dice.Between(1, pages)), RemapFlags.None, null, null, SameAddress: false, Any)];
            case 1:
                return [new Mremap(address, length, AddressExpression.Pages((ulong)(pages + dice.Between(1, 3))), RemapFlags.None, null, null, SameAddress: false, Any)];
            case 2 when !hasMovedFreely && depth == 0 && !isMonitored:
                return MoveFreely(address, length, pages);
            case 3:
                var (target, _, _) = Range();
                return [new Mremap(address, length, dice.OneIn(3) ? AddressExpression.Pages((ulong)dice.Between(1, 8)) : length, RemapFlags.MayMove | RemapFlags.Fixed, target, null, SameAddress: false, Any)];
            default:
                return Move(address, length, pages);
        }
    }

    // Where to is the kernel's choice: once in a sequence, so that two results do not come to lie side by side.
    private IEnumerable<Operation> MoveFreely(AddressExpression address, AddressExpression length, int pages)
    {
        hasMovedFreely = true;
        var keepsOld = dice.OneIn(3);
        var size = keepsOld ? length : AddressExpression.Pages((ulong)(pages + dice.Between(1, 3)));
        return [new Mremap(address, length, size, RemapFlags.MayMove | (keepsOld ? RemapFlags.DontUnmap : RemapFlags.None), null, "M", SameAddress: false, Any)];
    }

    // Moves to a reserved range, where later calls find the pages.
    private IEnumerable<Operation> Move(AddressExpression address, AddressExpression length, int pages)
    {
        var size = dice.OneIn(3) ? dice.Between(1, pages + 3) : pages;
        var name = $"R{names++}";
        var flags = RemapFlags.MayMove | RemapFlags.Fixed | (dice.OneIn(5) ? RemapFlags.DontUnmap : RemapFlags.None);
        maps.Mappings.Add(new(name, size));
        return
        [
            new Reserve(name, AddressExpression.Pages((ulong)size)),
            new Mremap(address, length, AddressExpression.Pages((ulong)size), flags, AddressExpression.In(name), null, SameAddress: false, Any),
        ];
    }

    private IEnumerable<Operation> AdviseProcess()
    {
        var vector = Enumerable.Range(0, dice.Between(0, 3)).Select(_ =>
        {
            var (address, length) = LooseRange();
            return new VectorElement(address, length);
        }).ToEquatableList();
        var target = dice.Weighted((6, AdviseTarget.PidfdSelf), (2, AdviseTarget.Self), (3, AdviseTarget.Child), (1, AdviseTarget.Reaped), (1, AdviseTarget.BadDescriptor), (1, AdviseTarget.NotPidfd));
        return [new ProcessMadvise(target, vector, dice.OneIn(20) ? 1025 : null, NullVector: dice.OneIn(16), AnyAdvice(), dice.OneIn(20) ? 1 : 0, Any)];
    }

    private IEnumerable<Operation> Remote()
    {
        var (address, _, _) = Range();
        return [new AccessRemotely(dice.Of(RemoteAccess.VmReadv, RemoteAccess.VmWritev, RemoteAccess.Vmsplice, RemoteAccess.ProcMemRead, RemoteAccess.ProcMemWrite), address, Any)];
    }

    private IEnumerable<Operation> ForkChild()
    {
        if (depth > 0)
        {
            return [];
        }

        depth++;
        var before = maps.Mappings.Count;
        var steps = Enumerable.Range(0, dice.Between(0, 3)).SelectMany(_ => Make()).ToEquatableList();

        // What the child has reserved is unknown to its parent.
        maps.Mappings.RemoveRange(before, maps.Mappings.Count - before);
        depth--;
        return [new Fork(steps)];
    }

    private IEnumerable<Operation> CloseDescriptor()
    {
        if (hasUffd && !isUffdClosed && depth == 0)
        {
            isUffdClosed = true;
            return [new Close("U", Any)];
        }

        return maps.Files.Count == 0 ? [] : [new Close(maps.Files[dice.Below(maps.Files.Count)], Any)];
    }

    // The limit is set before it binds: what it is otherwise depends on the machine.
    private IEnumerable<Operation> LoseRights()
    {
        if (hasLostRights || depth > 0)
        {
            return [];
        }

        hasLostRights = true;
        return [new RlimitMemlock((ulong)dice.Of(0, 2, 5, 40) * 4096, Any), new DropPrivileges(Any)];
    }

    private IEnumerable<Operation> Truncate() => maps.Files.Count == 0
        ? []
        : [new Ftruncate(maps.Files[dice.Below(maps.Files.Count)], dice.Between(0, 10), Any)];
}
