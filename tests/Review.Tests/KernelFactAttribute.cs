namespace Review.Tests;

/// <summary>
/// A test on a real kernel tree, the one that test.sh prepares and MMREVIEW_TEST_KERNEL names. Skipped where none is named.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class KernelFactAttribute : FactAttribute
{
    public KernelFactAttribute()
    {
        if (KernelFolder is null)
        {
            Skip = "MMREVIEW_TEST_KERNEL is not set; ./test.sh sets it";
        }
    }

    /// <summary>The folder of the tree, or null if none is named.</summary>
    public static string? KernelFolder => Environment.GetEnvironmentVariable("MMREVIEW_TEST_KERNEL") is { Length: > 0 } folder ? folder : null;
}
