using Review.Core.Syntax;
using Review.Witness.Bindings;
using Review.Witness.Interpretation;

namespace Review.Witness.Exploration;

/// <summary>A function that can be called from outside, and where its arguments come from.</summary>
internal static class EntryPoint
{
    /// <summary>Starts a function with the arguments that a mission gives by their names and types.</summary>
    /// <exception cref="StopException">A parameter is not understood, or there is no such function.</exception>
    public static Execution Start(ProgramCode program, string function, Mission mission, Coverage? coverage = null)
    {
        var definition = program.Definition(function)
            ?? throw StopException.Needs(program.Problems.TryGetValue(function, out var reason) ? $"a tree of {function}(): {reason}" : $"the function {function}()");
        return Execution.Start(program, function, memory => [.. definition.Parameters.Select(parameter => Argument(memory, function, parameter, mission))], coverage);
    }

    private static Value Argument(Memory memory, string function, VariableSymbol parameter, Mission mission) => parameter.Name switch
    {
        _ when parameter.Type.IsPointerTo(KernelObjects.Mm) => Value.Of((long)memory.AddressOf(new ForeignObject(KernelObjects.Mm, mission.Space))),
        "start" => Value.Of((long)mission.Start),
        "len" or "len_in" or "length" => Value.Of((long)mission.Length),
        "behavior" or "advice" => Value.Of(mission.Advice),
        "pidfd" or "vec" when mission.Remote is not null => Value.Of(1),
        "vlen" when mission.Remote is { } call => Value.Of((long)call.VectorLength),
        "flags" when mission.Remote is { } call => Value.Of((long)call.Flags),
        _ => throw StopException.Needs($"an argument for {parameter.Name} of {function}()"),
    };
}
