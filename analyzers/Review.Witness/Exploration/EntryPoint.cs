using Review.Core.Syntax;
using Review.Witness.Bindings;
using Review.Witness.Interpretation;

namespace Review.Witness.Exploration;

/// <summary>A run at its beginning.</summary>
/// <param name="Code">The interpreted thread, about to call the function.</param>
/// <param name="State">The kernel, with what the caller has begun.</param>
/// <param name="Contract">What the caller expects afterwards; null for a system call.</param>
internal sealed record StartedCall(Execution Code, KernelState State, ReturnContract? Contract);

/// <summary>A function that can be called from outside, and where its arguments come from.</summary>
internal static class EntryPoint
{
    /// <summary>Starts a function with the arguments that a mission gives by their names and types.</summary>
    /// <exception cref="StopException">A parameter is not understood, or there is no such function.</exception>
    public static StartedCall Start(ProgramCode program, string function, Mission mission, KernelState state, Coverage? coverage = null)
    {
        var definition = program.Definition(function)
            ?? throw StopException.Needs(program.Problems.TryGetValue(function, out var reason) ? $"a tree of {function}(): {reason}" : $"the function {function}()");
        if (mission.Direct is not { } direct)
        {
            return new StartedCall(Execution.Start(program, function, memory => [.. definition.Parameters.Select(parameter => Argument(memory, function, parameter, mission))], coverage), state, null);
        }

        CallSetting? setting = null;
        var code = Execution.Start(
            program,
            function,
            memory =>
            {
                setting = new CallSetting(memory, mission, state with { Tables = PageTableImage.Of(memory, mission, state.Machine) });
                return [.. direct.Arguments.Select(argument => argument.Make(setting))];
            },
            coverage);
        return new StartedCall(code, setting!.State, new ReturnContract(direct, setting));
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
