using System.Globalization;

namespace Review.Model.Scenarios;

/// <summary>Compares an answer with what an operation expects: null if it fits, otherwise "expected ..., got ...".</summary>
internal static class Judge
{
    private const ulong PageSize = 4096;
    private const int PatternByte = 0x61;
    private const int FileByte = 0x21;

    public static string? Answer(Operation operation, Answer answer, ScenarioNames names) => (operation, answer) switch
    {
        (_, NotPossible impossible) => impossible.Reason,
        (Mmap map, CallAnswer call) => Mapping(map, call, names),
        (Mremap remap, CallAnswer call) => Remapping(remap, call, names),
        (Mincore mincore, CallAnswer call) => Call(mincore.Expect, call, names) ?? Vector(mincore.Vector, call.Vector),
        (AccessRemotely access, CallAnswer call) => Call(access.Expect, call, names) ?? Data(access, call, names),
        (WritePattern, AccessAnswer access) => Writes(access, AccessOutcome.Done),
        (WriteBytes write, AccessAnswer access) => Writes(access, write.Expect),
        (ReadBytes read, AccessAnswer access) => Reads(read, access, names),
        (UffdRead read, EventAnswer happened) => Event(read.Expect, happened, names),
        (Fork, CallAnswer { Errno: not Errno.None and var errno }) => $"the process could not be forked: {errno}",
        (_, CallAnswer call) when ExpectationOf(operation) is { } expect => Call(expect, call, names),
        _ => null,
    };

    public static string? Threads(EquatableList<Operation> begun, Answer answer, ScenarioNames names)
    {
        if (answer is not ThreadAnswers threads)
        {
            return answer is NotPossible impossible ? impossible.Reason : "the threads answered nothing";
        }

        return begun.Count != threads.Calls.Count
            ? $"expected {begun.Count} threads, got {threads.Calls.Count}"
            : begun.Zip(threads.Calls, (step, call) => Answer(step, call, names)).FirstOrDefault(static difference => difference is not null);
    }

    public static string? Vmas(ExpectVmas expect, EquatableList<SeenVma> seen, ulong start, ulong length)
    {
        var found = string.Join("; ", seen.Select(vma => $"{PagesOf(vma, start, length)} {vma.Permissions} [{vma.Flags}]"));
        if (expect.Vmas.Count != seen.Count)
        {
            return $"expected {expect.Vmas.Count} VMAs, got {seen.Count}: {found}";
        }

        for (var i = 0; i < seen.Count; i++)
        {
            var wanted = expect.Vmas[i];
            var vma = seen[i];
            var pages = PagesOf(vma, start, length);
            if (pages != $"{wanted.StartPage}-{wanted.EndPage}")
            {
                return $"VMA {i}: expected pages {wanted.StartPage}-{wanted.EndPage}, got {found}";
            }

            if (wanted.Permissions is { } permissions && permissions != vma.Permissions)
            {
                return $"VMA {i}: expected {permissions}, got {found}";
            }

            if (wanted.Has.FirstOrDefault(flag => !vma.Has(flag)) is { } missing)
            {
                return $"VMA {i}: expected flag {missing}, got {found}";
            }

            if (wanted.Lacks.FirstOrDefault(vma.Has) is { } present)
            {
                return $"VMA {i}: expected no flag {present}, got {found}";
            }
        }

        return null;
    }

    /// <summary>The half-open range of pages of a VMA, counted from an address and clipped to so many bytes behind it.</summary>
    public static string PagesOf(SeenVma vma, ulong start, ulong length)
    {
        var from = vma.Start < start ? 0 : (vma.Start - start) / PageSize;
        var to = vma.End > start + length ? length / PageSize : (vma.End - start) / PageSize;
        return $"{from}-{to}";
    }

    private static string? Call(CallExpectation expect, CallAnswer call, ScenarioNames names)
    {
        if (expect.Errno is { } errno)
        {
            return call.Errno == errno ? null : $"expected {errno}, got {TextOf(call)}";
        }

        if (call.Errno != Errno.None)
        {
            return $"expected success, got {call.Errno}";
        }

        return expect.Result is { } result && names.ValueOf(result) != call.Result
            ? $"expected {names.ValueOf(result)}, got {call.Result}"
            : null;
    }

    private static string TextOf(CallAnswer call) => call.Errno == Errno.None ? $"success ({call.Result})" : call.Errno.ToString();

    // An address is what mmap answers: "ret" of an expectation says nothing of it.
    private static string? Mapping(Mmap map, CallAnswer call, ScenarioNames names) => Call(map.Expect with { Result = null }, call, names);

    private static string? Remapping(Mremap remap, CallAnswer call, ScenarioNames names)
    {
        if (Call(remap.Expect with { Result = null }, call, names) is { } difference)
        {
            return difference;
        }

        if (call.Errno != Errno.None)
        {
            return null;
        }

        if (remap.Flags.HasFlag(RemapFlags.Fixed) && remap.NewAddress is { } wanted && names.ValueOf(wanted) != call.Result)
        {
            return $"expected the address {names.ValueOf(wanted):x}, got {call.Result:x}";
        }

        return remap.SameAddress && names.ValueOf(remap.Address) != call.Result ? "expected the same address, got a move" : null;
    }

    private static string? Vector(string? expected, string? got) =>
        expected is null || (got is not null && got.Length >= expected.Length && expected.Zip(got).All(static pair => pair.First == '?' || pair.First == pair.Second))
            ? null
            : $"expected {expected}, got {got}";

    private static string? Data(AccessRemotely access, CallAnswer call, ScenarioNames names)
    {
        if (call.Errno != Errno.None)
        {
            return null;
        }

        if (call.Result != 16)
        {
            return $"expected 16 bytes, got {call.Result}";
        }

        var page = (int)((names.ValueOf(access.Address) - names.BaseOf(access.Address)) / PageSize);
        var wanted = access.Data switch
        {
            PageContent.Zero => 0,
            PageContent.File => (byte)(FileByte + page),
            PageContent.Pattern => (byte)(PatternByte + page),
            _ => call.FirstByte ?? 0,
        };
        return call.FirstByte is { } got && access.Way == RemoteAccess.VmReadv && got != wanted ? $"expected byte {wanted}, got {got}" : null;
    }

    private static string? Writes(AccessAnswer access, AccessOutcome expected) =>
        FirstPage(access, page => page.Outcome == expected) is { } wrong ? $"page {wrong}: expected {TextOf(expected)}, got {TextOf(access.Pages[wrong].Outcome)}" : null;

    private static string? Reads(ReadBytes read, AccessAnswer access, ScenarioNames names)
    {
        var first = (long)((names.ValueOf(read.Address) - names.BaseOf(read.Address)) / PageSize);
        for (var i = 0; i < access.Pages.Count; i++)
        {
            var wanted = read.Expect.Content switch
            {
                PageContent.Zero => 0,
                PageContent.File => FileByte + (read.FilePage ?? first) + i,
                PageContent.Pattern => PatternByte + (read.PatternPage ?? first) + i,
                PageContent.Byte => read.Expect.Byte,
                _ => access.Pages[i].Byte,
            };
            var page = access.Pages[i];
            if (page.Outcome != read.Expect.Outcome || (page.Outcome == AccessOutcome.Done && page.Byte != (byte)wanted))
            {
                var expected = read.Expect.Outcome != AccessOutcome.Done ? TextOf(read.Expect.Outcome)
                    : read.Expect.Content == PageContent.Any ? "success" : $"byte {(byte)wanted}";
                return $"page {i}: expected {expected}, got {(page.Outcome == AccessOutcome.Done ? $"byte {page.Byte}" : TextOf(page.Outcome))}";
            }
        }

        return null;
    }

    private static int? FirstPage(AccessAnswer access, Func<PageAccess, bool> right)
    {
        for (var i = 0; i < access.Pages.Count; i++)
        {
            if (!right(access.Pages[i]))
            {
                return i;
            }
        }

        return null;
    }

    private static string TextOf(AccessOutcome outcome) => outcome == AccessOutcome.Done ? "success" : Vocabulary.Outcomes.WordOf(outcome).ToUpper(CultureInfo.InvariantCulture);

    private static string? Event(EventExpectation expect, EventAnswer happened, ScenarioNames names)
    {
        if (expect.Event is { } wanted ? happened.Event != wanted : happened.Event == UffdEvent.None)
        {
            return $"expected {(expect.Event is { } kind ? Vocabulary.Events.WordOf(kind) : "an event")}, got {Vocabulary.Events.WordOf(happened.Event)}";
        }

        return expect is { Start: { } start, End: { } end } && (names.ValueOf(start) != happened.Start || names.ValueOf(end) != happened.End)
            ? $"expected {names.ValueOf(start):x}-{names.ValueOf(end):x}, got {happened.Start:x}-{happened.End:x}"
            : null;
    }

    private static CallExpectation? ExpectationOf(Operation operation) => operation switch
    {
        Ftruncate { Expect: var expect } => expect,
        Close { Expect: var expect } => expect,
        Munmap { Expect: var expect } => expect,
        Mprotect { Expect: var expect } => expect,
        Mlock { Expect: var expect } => expect,
        Mlock2 { Expect: var expect } => expect,
        Munlock { Expect: var expect } => expect,
        Mseal { Expect: var expect } => expect,
        Msync { Expect: var expect } => expect,
        Madvise { Expect: var expect } => expect,
        ProcessMadvise { Expect: var expect } => expect,
        UffdRegister { Expect: var expect } => expect,
        UffdUnregister { Expect: var expect } => expect,
        UffdCopy { Expect: var expect } => expect,
        UffdZeroPage { Expect: var expect } => expect,
        ModelOnlyOperation { Expect: var expect } => expect,
        UffdContinue { Expect: var expect } => expect,
        UffdWriteProtect { Expect: var expect } => expect,
        RlimitMemlock { Expect: var expect } => expect,
        DropPrivileges { Expect: var expect } => expect,
        CreateFile or OpenUffd => CallExpectation.Success,
        _ => null,
    };
}
