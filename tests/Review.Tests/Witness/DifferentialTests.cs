using FsCheck;
using FsCheck.Fluent;
using Review.Tests.Report;
using Review.Witness.Interpretation;

namespace Review.Tests.Witness;

/// <summary>The interpreter against the real compiler: the same functions on the same random numbers give the same results.</summary>
public sealed class DifferentialTests
{
    private static readonly Config Fixed = Config.QuickThrowOnFailure.WithReplay(20211, 4711);

    private static readonly Gen<long> Number = Gen.OneOf(
        Gen.Choose(-20, 20).Select(static number => (long)number),
        Gen.Choose(int.MinValue, int.MaxValue).Select(static number => (long)number),
        Gen.Elements(0L, 1, -1, 4095, 4096, 255, -128, int.MaxValue, int.MinValue, uint.MaxValue, long.MaxValue, long.MinValue, -4096),
        ArbMap.Default.GeneratorFor<long>());

    private static readonly Gen<(long A, long B, long C)> Numbers =
        from a in Number
        from b in Number
        from c in Number
        select (a, b, c);

    public static TheoryData<string> Fixtures => new("integers", "pointers", "records", "control");

    [ToolTheory(NativeProgram.Compiler)]
    [MemberData(nameof(Fixtures))]
    public void A_fixture_gives_what_the_compiler_says(string fixture)
    {
        var source = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "fixtures", "witness", fixture + ".c"));
        Check.One(Fixed.WithMaxTest(1), Prop.ForAll(Arb.From(Gen.ArrayOf(Numbers, 400)), numbers => Compare(source, numbers)));
    }

    [ToolFact(NativeProgram.Compiler)]
    public void Random_functions_give_what_the_compiler_says() =>
        Check.One(
            Fixed.WithMaxTest(4),
            Prop.ForAll(
                Arb.From(Gen.ArrayOf(RandomC.Function, 100)),
                Arb.From(Gen.ArrayOf(Numbers, 25)),
                (functions, numbers) => Compare(string.Join('\n', functions.Select(static (function, index) => function(index))), numbers)));

    private static void Compare(string source, (long A, long B, long C)[] numbers)
    {
        var interpreted = new InterpretedProgram(source);
        using var native = new NativeProgram(source, interpreted.Functions);
        var calls = interpreted.Functions.SelectMany((_, index) => numbers.Select(triple => (Function: index, triple.A, triple.B, triple.C))).ToList();
        var results = native.Run(calls);
        Assert.Equal(calls.Count, results.Length);
        foreach (var ((function, a, b, c), expected) in calls.Zip(results))
        {
            var stop = interpreted.Run(interpreted.Functions[function], a, b, c);
            Assert.True(
                stop.Kind == StopKind.Returned && stop.Result == Value.Of(expected),
                $"{interpreted.Functions[function]}({a}, {b}, {c}): compiled {expected}, interpreted {stop}");
        }
    }
}
