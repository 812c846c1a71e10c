using Review.Tests.Report;

namespace Review.Tests.Editors;

/// <summary>A test of a real editor on a real kernel; skipped, and counted as skipped, where one of them is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class EditorFactAttribute : FactAttribute
{
    public EditorFactAttribute(params string[] programs)
    {
        Programs = programs;
        Skip = new KernelFactAttribute().Skip ?? new ToolFactAttribute([.. programs, "perl"]).Skip;
    }

    public string[] Programs { get; }
}
