using Review.Core.Syntax;

namespace Review.Witness.Interpretation;

/// <summary>Calls of functions and of the compiler's builtins.</summary>
internal sealed partial class FunctionCompiler
{
    private void Call(CallExpression call)
    {
        if (call.Function is { } function && function.Name.StartsWith("__builtin_", StringComparison.Ordinal))
        {
            CallBuiltin(call, function.Name);
            return;
        }

        var result = 0;
        var size = 0;
        if (IsRecord(call))
        {
            size = (int)call.Type.Size;
            result = Reserve(size);
        }

        if (call.Function is null)
        {
            Evaluate(call.Callee);
        }

        foreach (var argument in call.Arguments)
        {
            Evaluate(argument);
        }

        Emit(call.Function is { } target
            ? new Instruction(Opcode.Call, call.Arguments.Length, size, result, program.TargetOf(target))
            : new Instruction(Opcode.CallAddress, call.Arguments.Length, size, result));
        if (call.Type.Canonical is IntegerType or EnumType)
        {
            // What a bound function returns is given as a number of any width.
            ConvertTo(call.Type);
        }

        if (call.Function is { IsNoReturn: true })
        {
            Emit(new Instruction(Opcode.Forbidden, Target: $"{call.Function.Name} returns"));
        }
    }

    private void CallBuiltin(CallExpression call, string function)
    {
        switch (function)
        {
            case "__builtin_expect" or "__builtin_expect_with_probability" or "__builtin_assume_aligned":
                Evaluate(call.Arguments[0]);
                return;
            case "__builtin_unreachable" or "__builtin_trap":
                Emit(new Instruction(Opcode.Forbidden, Target: $"code that is marked as unreachable is reached in {name}"));
                Emit(new Instruction(Opcode.Undefined));
                return;
            case "__builtin_object_size" or "__builtin_dynamic_object_size":
                // Not known, as the compiler would say without optimization.
                Emit(new Instruction(Opcode.Constant, Number: call.Arguments is [_, { Constant: 2 or 3 }] ? 0 : -1));
                return;
        }

        if (!Builtin.Exists(function))
        {
            throw new NotInterpretedException($"the builtin {function}()");
        }

        foreach (var argument in call.Arguments)
        {
            Evaluate(argument);
        }

        // The overflow builtins compute in the type that the result pointer points to; their operands have signs of their own.
        var signs = call.Arguments.Select(static argument => Scalar.Of(argument.Type)?.IsSigned != false).ToArray();
        var pointee = call.Arguments is [.., { Type.Pointee: { } target }] ? Scalar.Of(target) : null;
        Emit(new Instruction(Opcode.Builtin, call.Arguments.Length, Target: new Builtin(function, signs, pointee ?? Scalar.Int, Scalar.Of(call.Arguments is [var first, ..] ? first.Type : call.Type) ?? Scalar.Int)));
    }
}
