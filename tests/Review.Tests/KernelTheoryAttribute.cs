namespace Review.Tests;

/// <summary>As <see cref="KernelFactAttribute"/>, for tests with data.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class KernelTheoryAttribute : TheoryAttribute
{
    public KernelTheoryAttribute()
    {
        if (KernelFactAttribute.KernelFolder is null)
        {
            Skip = "MMREVIEW_TEST_KERNEL is not set; ./test.sh sets it";
        }
    }
}
