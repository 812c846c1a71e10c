using System.Collections.Concurrent;
using FsCheck;
using FsCheck.Fluent;
using Review.Core.Syntax;
using Review.Flow.Facts;
using Review.Flow.Paths;

namespace Review.Tests.Flow;

/// <summary>Outcomes as text: what is read is what was written.</summary>
public sealed class FactTextTests
{
    private static readonly IntegerType Number = new("long", 8, isSigned: true, isBool: false);

    private static readonly ConcurrentDictionary<(string Record, string Name), FieldSymbol> NamedFields = [];

    private static readonly Gen<Fact> Facts = Gen.OneOf(
        Gen.Elements<long>(-4096, -22, -1, 0, 1, 7, 0x400, long.MaxValue, long.MinValue).Select(Fact.Of),
        from signs in Gen.Choose(1, 7)
        from ones in Gen.Elements<ulong>(0, 1, 4, 0x11, 1UL << 63)
        from zeros in Gen.Elements<ulong>(0, 2, 8, 0xff00, ~0x11UL)
        select new Fact((Signs)signs, ones, zeros & ~ones).Normalize());

    private static readonly Gen<FieldSymbol> Fields =
        from name in Gen.Elements("vm_flags", "start", "pte")
        from record in Gen.Elements("vm_area_struct", "s")
        select new FieldSymbol(name, Number, record, 64, 0);

    private static readonly Arbitrary<FactLine> Lines = (
        from effects in Gen.SubListOf("drops lock", "takes lock", "starts *0", "gives back *12", "returns a file")
        from result in Facts
        from inputs in (from parameter in Gen.Choose(0, 12) from fact in Facts where fact != Fact.Nothing select new CallInput(parameter, fact)).ListOf()
        from outputs in (
            from parameter in Gen.Choose(0, 12)
            from kind in Gen.Elements(OutputKind.Kept, OutputKind.Number, OutputKind.Changed)
            from number in Gen.Elements<long>(-5, 0, 1, 0x400)
            from field in Gen.OneOf(Gen.Constant((FieldSymbol?)null), Fields.Select(static field => (FieldSymbol?)field))
            select new CallOutput(parameter, field, kind, kind == OutputKind.Number ? number : 0)).ListOf()
        from flags in (from parameter in Gen.Choose(0, 12) from field in Fields select (parameter, field)).ListOf()
        from rest in Gen.Choose(0, 31)
        select new FactLine((rest & 1) == 0 ? null : "VM_FAULT_COMPLETED", "f_1", new CallOutcome(EffectTrail.Of(effects), result, [.. outputs])
        {
            Inputs = [.. inputs],
            Flags = [.. flags],
            Arity = (rest & 2) == 0 ? null : 3,
            Guard = (rest & 4) == 0 ? null : (1, "mmap_lock"),
            Returns = (rest & 8) == 0 ? null : 2,
            IsStable = (rest & 16) != 0,
        })).ToArbitrary();

    [Fact]
    public void A_line_that_was_written_is_read_again() =>
        Prop.ForAll(Lines, static line =>
        {
            var read = FactLine.Parse(line.ToString());
            return read.ToString() == line.ToString() && Named(read.Outcome).Equals(Named(line.Outcome)) && (read.Word, read.Function) == (line.Word, line.Function);
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("int f(int n) { if (n & 4) { unlock(); return n; } if (n < 0) return -22; return 0; }")]
    [InlineData("int f(struct s *p, int *left, bool b) { if (p->flag) { unlock(); *left = 0; return 1; } p->a = 5; p->next = 0; if (b) p->array[1] = 3; return ask(p->a); }")]
    [InlineData("struct s *f(int x, struct s *p) { if (get()) { start(p); return p; } end(p); lock(); return 0; }")]
    [InlineData("void *f(int x) { void *e = error_pointer(-12); if (is_error(e)) unlock(); return e; }")]
    public void What_was_inferred_is_read_again(string code)
    {
        var outcomes = Flows.Facts(code).OutcomesOf("f");
        Assert.NotEmpty(outcomes);
        Assert.All(outcomes, static outcome => Assert.Equal(Named(outcome), Named(FactLine.Parse(new FactLine(null, "f", outcome).ToString()).Outcome)));
    }

    [Fact]
    public void Facts_of_several_subjects_and_files_are_read_again()
    {
        var lines = new[] { ("B.facts", "mm/b.c", "g = 0: a"), ("A.facts", "mm/b.c", "f:"), ("A.facts", "mm/a.c", "h *0->s.a = 1: b") }
            .Select(static line => (line.Item1, line.Item2, FactLine.Parse(line.Item3)));
        var text = FoundFacts.Write(lines);
        Assert.EndsWith("\nsubject A.facts\nfile mm/a.c\nh *0->s.a = 1: b\nfile mm/b.c\nf:\n\nsubject B.facts\nfile mm/b.c\ng = 0: a\n", text, StringComparison.Ordinal);
        Assert.Equal(["A.facts", "B.facts"], FoundFacts.Parse(text).Subjects);
        Assert.Equal("mm/a.c", FoundFacts.Parse(text).FileOf("h"));
        Assert.Throws<FormatException>(() => FoundFacts.Parse("subject A.facts\nfile mm/a.c\nno fact\n"));
    }

    [Fact]
    public void What_a_function_takes_and_gives_back_itself_is_no_effect()
    {
        const string Table = "within: takes lock, drops lock\nunlock: drops lock\nlock: takes lock\n";
        string[] Trails(string body) => [.. Flows.Facts($"void f(void) {{ {body} }}", Table).OutcomesOf("f").Select(static outcome => outcome.Effects.ToString())];
        Assert.Empty(Trails("lock(); unlock();"));
        Assert.Equal(["drops lock"], Trails("lock(); unlock(); unlock();"));
        Assert.Equal(["drops lock, takes lock"], Trails("unlock(); lock();"));
        Assert.Equal(["takes lock, drops lock"], Trails("unlock(); lock(); unlock();"));
        Assert.Throws<FormatException>(() => FactTable.Parse("within: one"));
    }

    /// <summary>The outcome with members told by their names, as text has them.</summary>
    private static CallOutcome Named(CallOutcome outcome)
    {
        return outcome with
        {
            Outputs = [.. outcome.Outputs.Select(output => output with { Field = output.Field is { } field ? Known(field) : null })],
            Flags = [.. outcome.Flags.Select(flag => (flag.Parameter, Known(flag.Field)))],
        };

        static FieldSymbol Known(FieldSymbol field) => NamedFields.GetOrAdd((field.Record, field.Name), static key => new FieldSymbol(key.Name, Number, key.Record, 0, 0));
    }
}
