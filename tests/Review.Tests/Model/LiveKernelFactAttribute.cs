using Review.LiveKernel;

namespace Review.Tests.Model;

/// <summary>A test that asks the running kernel; skipped, with the reason, where that cannot be done or the model knows another version.</summary>
public sealed class LiveKernelFactAttribute : FactAttribute
{
    private static readonly Lazy<string?> Reason = new(WhyNot);

    public LiveKernelFactAttribute() => Skip = Reason.Value;

    private static string? WhyNot()
    {
        try
        {
            using var comparison = KernelComparison.Open();
            return !comparison.IsExact ? $"the model is not of this version: {comparison.Title}" : comparison.WhyNoSequences;
        }
        catch (KernelUnavailableException reason)
        {
            return $"the running kernel cannot be asked: {reason.Message}";
        }
    }
}
