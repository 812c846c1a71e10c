using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using static Review.Model.Scenarios.OperationFields;

namespace Review.Model.Scenarios;

/// <summary>Reads one operation: the word under "op" decides which fields it has.</summary>
internal static class OperationReader
{
    /// <summary>Files and arrays of pages stay small enough for any machine: 4 GiB.</summary>
    private const long MostPages = 1 << 20;

    private static readonly ImmutableSortedDictionary<string, Func<FieldReader, Operation>> Readers =
        new Dictionary<string, Func<FieldReader, Operation>>(StringComparer.Ordinal)
        {
            ["file"] = File,
            ["mmap"] = Mmap,
            ["reserve"] = static f => new Reserve(f.NewName("name"), f.Address("len"), f.OptionalAddress("align")),
            ["munmap"] = static f => new Munmap(f.Address("addr"), f.Address("len"), Call(f)),
            ["mprotect"] = static f => new Mprotect(f.Address("addr"), f.Address("len"), Protection(f), Call(f)),
            ["mlock"] = static f => new Mlock(f.Address("addr"), f.Address("len"), Call(f)),
            ["mlock2"] = static f => new Mlock2(f.Address("addr"), f.Address("len"), (int)f.Integer("flags", int.MinValue, int.MaxValue), Call(f)),
            ["munlock"] = static f => new Munlock(f.Address("addr"), f.Address("len"), Call(f)),
            ["mseal"] = static f => new Mseal(f.Address("addr"), f.Address("len"), unchecked((ulong)(f.OptionalInteger("flags", long.MinValue, long.MaxValue) ?? 0)), Call(f)),
            ["msync"] = static f => new Msync(f.Address("addr"), f.Address("len"), MsyncFlags(f), Call(f)),
            ["madvise"] = ReadMadvise,
            ["process_madvise"] = ProcessMadvise,
            ["mremap"] = Mremap,
            ["mincore"] = Mincore,
            ["ftruncate"] = static f => new Ftruncate(f.File("fd"), f.Integer("pages", 0, MostPages), Call(f)),
            ["close"] = static f => new Close(f.File("fd"), Call(f)),
            ["write_pattern"] = static f => new WritePattern(f.Address("addr"), f.Address("len")),
            ["write"] = Write,
            ["touch"] = Write,
            ["read"] = Read,
            ["expect_vmas"] = static f => new ExpectVmas(f.Address("addr"), f.Address("len"), f.RequiredList("vmas", (vma, place) => Vma(vma, place, f.Scope))),
            ["expect_pages"] = static f => new ExpectPages(f.Address("addr"), CharactersOf(f, "state", PageStatePattern.Characters)),
            ["fork"] = Fork,
            ["uffd"] = static f => new OpenUffd(f.NewName("name"), Features(f)),
            ["uffd_register"] = static f => new UffdRegister(f.File("uffd"), f.Address("addr"), f.Address("len"), Modes(f), Call(f)),
            ["uffd_unregister"] = static f => new UffdUnregister(f.File("uffd"), f.Address("addr"), f.Address("len"), Call(f)),
            ["uffd_copy"] = UffdCopy,
            ["uffd_zeropage"] = static f => new UffdZeroPage(f.File("uffd"), f.Address("addr"), f.Address("len"), Call(f)),
            ["uffd_continue"] = static f => new UffdContinue(f.File("uffd"), f.Address("addr"), f.Address("len"), Call(f)),
            ["nofault_read"] = static f => new NoFaultRead(f.Address("addr"), LengthOrOnePage(f), Call(f)),
            ["numa_hint"] = static f => new NumaHint(f.Address("addr"), f.Address("len"), Call(f)),
            ["gup"] = static f => new GetUserPages(f.Address("addr"), LengthOrOnePage(f), GupFlags(f), f.Flag("fast"), Call(f)),
            ["volatile"] = static f => new DeclareVolatile(f.Address("addr"), f.Address("len"), Vocabulary.VolatilePolicies.Read(f, "policy"), Call(f)),
            ["purge"] = static f => new Purge(f.Address("addr"), f.Address("len"), Call(f)),
            ["secondary_read"] = static f => new SecondaryRead(f.Address("addr")),
            ["speculative_access"] = static f => new SpeculativeAccess(
                f.Address("addr"), (byte?)f.OptionalInteger("byte", 0, byte.MaxValue), Vocabulary.SpeculativeWays.ReadOptional(f, "way") ?? SpeculativeWay.VmaLock),
            ["uffd_writeprotect"] = static f => new UffdWriteProtect(f.File("uffd"), f.Address("addr"), f.Address("len"), f.Flag("on", absent: true), Call(f)),
            ["async"] = Async,
            ["join"] = static f => new JoinThreads(f.Has("uffd") ? f.File("uffd") : null),
            ["uffd_wait"] = static f => new UffdWait(f.File("uffd")),
            ["uffd_read"] = UffdRead,
            ["rlimit_memlock"] = static f => new RlimitMemlock(unchecked((ulong)f.Integer("bytes", 0, long.MaxValue)), Call(f)),
            ["drop_privileges"] = static f => new DropPrivileges(Call(f)),
            ["vm_readv"] = RemoteAccess,
            ["vm_writev"] = RemoteAccess,
            ["vmsplice"] = RemoteAccess,
            ["procmem_read"] = RemoteAccess,
            ["procmem_write"] = RemoteAccess,
        }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    /// <summary>The operation that the object describes.</summary>
    public static Operation Of(JsonElement element, string place, NameScope scope)
    {
        var fields = new FieldReader(element, place, scope);
        var op = fields.String("op");
        if (!Readers.TryGetValue(op, out var reader))
        {
            throw fields.Error("op", $"unknown op '{op}' (known: {string.Join(", ", Readers.Keys)})");
        }

        fields.Refine($"{place} {op}");
        var operation = reader(fields);
        fields.Finish();
        scope.Define(operation);
        return operation;
    }

    private static CreateFile File(FieldReader f)
    {
        var zero = f.OptionalString("fill") switch
        {
            null or "pattern" => false,
            "zero" => true,
            var other => throw f.Error("fill", $"unknown word '{other}' (known: zero, pattern)"),
        };
        var readOnly = f.OptionalString("mode") switch
        {
            null or "rw" => false,
            "ro" => true,
            var other => throw f.Error("mode", $"unknown word '{other}' (known: ro, rw)"),
        };
        return new CreateFile(f.NewName("name"), f.Integer("pages", 0, MostPages), Vocabulary.FileKinds.Read(f, "kind"), zero, readOnly, f.Flag("write_seal"));
    }

    private static Mmap Mmap(FieldReader f)
    {
        var at = f.OptionalAddress("at");
        var name = f.OptionalNewName("name");
        if (at is null && name is null)
        {
            throw f.Error("name", "missing field (or 'at' for a fixed place)");
        }

        return new Mmap(
            name,
            at,
            f.OptionalAddress("align"),
            f.Address("len"),
            Protection(f),
            MappingFlags(f),
            f.Has("fd") ? f.File("fd") : null,
            f.OptionalAddress("off"),
            Call(f));
    }

    private static Fork Fork(FieldReader f)
    {
        var child = f.Scope.Child();
        return new(f.RequiredList("steps", (step, place) => Of(step, place, child)));
    }

    private static Madvise ReadMadvise(FieldReader f) => new(f.Address("addr"), f.Address("len"), ReadAdvice(f), Call(f));

    private static ProcessMadvise ProcessMadvise(FieldReader f) => new(
        Vocabulary.Targets.Read(f, "target"),
        f.List("iov", (element, place) => Element(f, element, place)),
        f.OptionalInteger("vlen", long.MinValue, long.MaxValue),
        f.Flag("null_iov"),
        ReadAdvice(f),
        f.OptionalInteger("flags", long.MinValue, long.MaxValue) ?? 0,
        Call(f));

    private static VectorElement Element(FieldReader f, JsonElement element, string place)
    {
        if (element.ValueKind != JsonValueKind.Array || element.GetArrayLength() != 2)
        {
            throw new ScenarioFormatException(place, "wrong type: an element is an array of address and length");
        }

        var field = place[(f.Place.Length + 2)..];
        return new(f.AddressOf($"{field}[0]", element[0]), f.AddressOf($"{field}[1]", element[1]));
    }

    private static Mremap Mremap(FieldReader f) => new(
        f.Address("addr"),
        f.Address("old_len"),
        f.Address("new_len"),
        RemapFlags(f),
        f.OptionalAddress("new"),
        f.OptionalNewName("name"),
        f.Flag("same_addr"),
        Call(f));

    private static Mincore Mincore(FieldReader f)
    {
        string? vector = null;
        var expect = Expectation(f, answer =>
        {
            vector = answer.Has("vec") ? CharactersOf(answer, "vec", "01?") : null;
            return CallOf(answer);
        });
        return new(f.Address("addr"), f.Address("len"), f.Flag("bad_vec"), expect ?? CallExpectation.Success, vector);
    }

    private static WriteBytes Write(FieldReader f) => new(
        f.Address("addr"),
        LengthOrOnePage(f),
        (byte)(f.OptionalInteger("byte", 0, byte.MaxValue) ?? 'x'),
        Vocabulary.Outcomes.ReadOptional(f, "expect") ?? AccessOutcome.Done);

    private static ReadBytes Read(FieldReader f) => new(
        f.Address("addr"),
        LengthOrOnePage(f),
        ReadExpected(f),
        f.OptionalInteger("file_page", 0, MostPages),
        f.OptionalInteger("pattern_page", 0, MostPages));

    private static ReadExpectation ReadExpected(FieldReader f)
    {
        var word = f.String("expect");
        return word switch
        {
            "zero" => new(AccessOutcome.Done, PageContent.Zero),
            "pattern" => new(AccessOutcome.Done, PageContent.Pattern),
            "file" => new(AccessOutcome.Done, PageContent.File),
            "ok" => new(AccessOutcome.Done),
            "sigsegv" => new(AccessOutcome.SegmentationFault),
            "sigbus" => new(AccessOutcome.BusError),
            _ when word.StartsWith("byte:", StringComparison.Ordinal) && byte.TryParse(word.AsSpan(5), NumberStyles.None, CultureInfo.InvariantCulture, out var value) =>
                new(AccessOutcome.Done, PageContent.Byte, value),
            _ => throw f.Error("expect", $"unknown word '{word}' (known: zero, pattern, file, byte:N, ok, sigsegv, sigbus)"),
        };
    }

    private static ExpectedVma Vma(JsonElement element, string place, NameScope scope)
    {
        var fields = new FieldReader(element, place, scope);
        var pages = fields.String("pages");
        if (pages.Split('-') is not [var from, var to]
            || !long.TryParse(from, NumberStyles.None, CultureInfo.InvariantCulture, out var start)
            || !long.TryParse(to, NumberStyles.None, CultureInfo.InvariantCulture, out var end)
            || start >= end)
        {
            throw fields.Error("pages", $"'{pages}' is no half-open range of pages, like 0-4");
        }

        var permissions = fields.OptionalString("perm");
        if (permissions is not null && permissions is not ['r' or '-', 'w' or '-', 'x' or '-', 'p' or 's'])
        {
            throw fields.Error("perm", $"'{permissions}' are no permissions, like rw-p");
        }

        var vma = new ExpectedVma(start, end, permissions, VmFlags(fields, "has"), VmFlags(fields, "not"));
        fields.Finish();
        return vma;
    }

    private static EquatableList<string> VmFlags(FieldReader fields, string field)
    {
        var flags = fields.Strings(field);
        return flags.FirstOrDefault(static flag => flag is not [>= 'a' and <= 'z', >= 'a' and <= 'z']) is { } wrong
            ? throw fields.Error(field, $"'{wrong}' is no flag of VmFlags, like rr")
            : flags;
    }

    private static AccessRemotely RemoteAccess(FieldReader f)
    {
        var way = Vocabulary.RemoteAccesses.Read(f, "op");
        var data = PageContent.Any;
        var expect = Expectation(f, answer =>
        {
            data = Vocabulary.Contents.ReadOptional(answer, "data") ?? PageContent.Any;
            return CallOf(answer);
        });
        return new(way, f.Address("addr"), expect ?? CallExpectation.Success, data);
    }

    private static UffdCopy UffdCopy(FieldReader f)
    {
        // The call copies one page; a length may stand there for symmetry with the others.
        if (f.OptionalAddress("len") is { } length && (length.Names.Any() || length.Evaluate(static _ => 0) != 4096))
        {
            throw f.Error("len", "uffd_copy copies one page");
        }

        return new(f.File("uffd"), f.Address("addr"), (byte)(f.OptionalInteger("byte", 0, byte.MaxValue) ?? 'c'), Call(f));
    }

    private static StartThread Async(FieldReader f)
    {
        var place = $"{f.Place}: step";
        var step = Of(f.Required("step"), place, f.Scope);
        return step switch
        {
            Scenarios.Mremap { Name: not null } => throw new ScenarioFormatException($"{place}: name", "an mremap step in a thread names no result"),
            Madvise or Munmap or Scenarios.Mremap or Scenarios.Fork => new StartThread(step),
            _ => throw new ScenarioFormatException($"{place}: op", "only a madvise, munmap, mremap or fork step runs in a thread"),
        };
    }

    private static UffdRead UffdRead(FieldReader f)
    {
        EventExpectation? expected = null;
        _ = Expectation(f, answer =>
        {
            expected = new(Vocabulary.Events.ReadOptional(answer, "event"), answer.OptionalAddress("start"), answer.OptionalAddress("end"));
            return CallExpectation.Success;
        });
        if (expected is { Start: null } != expected is { End: null })
        {
            throw f.Error("expect", "missing field: start and end go together");
        }

        return new(f.File("uffd"), expected ?? new EventExpectation(Event: null), f.OptionalNewName("name"));
    }
}
