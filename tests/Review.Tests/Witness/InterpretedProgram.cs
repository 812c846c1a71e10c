using System.Text;
using Review.Clang;
using Review.Core.Source;
using Review.Witness;
using Review.Witness.Interpretation;

namespace Review.Tests.Witness;

/// <summary>The same functions, run by our interpreter out of our tree.</summary>
internal sealed class InterpretedProgram : IWorld
{
    private const int Bound = 1_000_000;

    private readonly ProgramCode program;

    public InterpretedProgram(string source)
    {
        using var parser = new ClangParser();
        var unit = parser.Parse(new ParseRequest(
            new SourceText("mm/fixture.c", Encoding.UTF8.GetBytes(source)), "/fixture/tree", "/fixture/overlay", ["--target=x86_64-linux-gnu", "-std=gnu11", "-O1", "-nostdinc", "-w"]));
        Assert.Empty(unit.Problems);
        Assert.DoesNotContain(unit.Messages, static message => message.StopsTheBuild);
        program = new ProgramCode(unit);
        Functions = [.. unit.Functions.Where(static function => !function.Symbol.IsStatic).Select(static function => function.Name)];
    }

    /// <summary>The functions that are not static, in source order.</summary>
    public string[] Functions { get; }

    /// <summary>Calls a function and gives the end of the run.</summary>
    public Stop Run(string function, long a, long b, long c)
    {
        // Copied in the middle of the run, so that copies are tested along.
        var execution = Execution.Start(program, function, _ => [Value.Of(a), Value.Of(b), Value.Of(c)]);
        var stop = execution.Run(this, 25);
        return stop.Kind == StopKind.OutOfSteps ? execution.Copy().Run(this, Bound) : stop;
    }

    public bool Binds(string function) => false;

    public Value? Call(Execution execution, CallTarget function, ReadOnlySpan<Value> arguments) => throw StopException.Needs($"the function {function}()");

    public void Enter(Execution execution, CallTarget function, ReadOnlySpan<Value> arguments)
    {
    }

    public void Pass(Execution execution, CallTarget macro)
    {
    }

    public void Warn(string message) => throw StopException.Violates(ViolationKind.Warning, message);

    public Value Load(Execution execution, ForeignObject target, string member, int offset) => throw StopException.Needs(member);

    public void Store(Execution execution, ForeignObject target, string member, int offset, Value value) => throw StopException.Needs(member);

    public ulong? AddressOf(Execution execution, string variable) => null;
}
