using System.Globalization;
using Review.Core.Syntax;

namespace Review.Witness.Interpretation;

/// <summary>
/// Assembly is a black box, except where the kernel says what is in it: an entry in the table of bugs is a WARN() or BUG(), which correct code does
/// not reach; annotations for objtool do nothing; and a template without instructions only hides a value from the optimizer.
/// </summary>
internal sealed partial class FunctionCompiler
{
    private void Assembly(AsmStatement assembly)
    {
        var template = assembly.Template;
        if (template.Contains("__bug_table", StringComparison.Ordinal))
        {
            Emit(new Instruction(Opcode.Warning, Target: $"a warning of the kernel's own fires in {name}"));
        }
        else if (template.Trim('"', ' ').Length == 0)
        {
            Guarded(() => Hide(assembly));
        }
        else if (!assembly.Outputs.IsEmpty || !template.Contains(".discard.", StringComparison.Ordinal))
        {
            Emit(new Instruction(Opcode.Unknown, Target: $"what inline assembly does in {name}"));
        }
    }

    /// <summary>A template without instructions (OPTIMIZER_HIDE_VAR(), RELOC_HIDE(), barrier()): each output is the input that it shares a register with.</summary>
    private void Hide(AsmStatement assembly)
    {
        foreach (var output in assembly.Outputs.Where(static output => !output.Constraint.Contains('+', StringComparison.Ordinal)))
        {
            var input = assembly.Inputs.FirstOrDefault(input =>
                int.TryParse(input.Constraint.Trim('"'), CultureInfo.InvariantCulture, out var register) && register >= 0 && register < assembly.Outputs.Length && assembly.Outputs[register] == output)
                ?? throw new NotInterpretedException($"what inline assembly leaves in an output in {name}");
            Address(output.Value);
            Evaluate(input.Value);
            ConvertTo(output.Value.Type);
            StoreInto(output.Value);
            Emit(new Instruction(Opcode.Pop));
        }
    }
}
