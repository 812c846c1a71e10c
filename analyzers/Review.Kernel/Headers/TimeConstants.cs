using System.Globalization;
using System.Numerics;
using System.Text;

namespace Review.Kernel.Headers;

/// <summary>include/generated/timeconst.h: conversion factors between jiffies and time, as kernel/time/timeconst.bc computes them.</summary>
internal static class TimeConstants
{
    private const int DefaultFrequency = 1000;
    private const int MaximumFrequency = 1_000_000;
    private const int Bits = 32;

    /// <summary>The header for a configuration's HZ (ticks per second); a HZ outside 1..1,000,000 counts as 1000.</summary>
    public static string Generate(KernelConfiguration configuration, ProblemList problems)
    {
        var frequency = DefaultFrequency;
        if (configuration.Value("HZ") is { } text
            && (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out frequency) || frequency is < 1 or > MaximumFrequency))
        {
            problems.Add(configuration.Name, 0, $"CONFIG_HZ={text} is not a number from 1 to {MaximumFrequency}; {DefaultFrequency} is used");
            frequency = DefaultFrequency;
        }

        var header = new StringBuilder("#include <linux/param.h>\n#include <linux/types.h>\n");
        foreach (var (unit, perSecond) in ((string, int)[])[("MSEC", 1000), ("USEC", 1_000_000)])
        {
            AppendFactors(header, $"HZ_TO_{unit}", perSecond, frequency);
            AppendFactors(header, $"{unit}_TO_HZ", frequency, perSecond);
        }

        foreach (var (unit, perSecond) in ((string, int)[])[("MSEC", 1000), ("USEC", 1_000_000), ("NSEC", 1_000_000_000)])
        {
            var divisor = (int)BigInteger.GreatestCommonDivisor(frequency, perSecond);
            header.Append(CultureInfo.InvariantCulture, $"""
                #define HZ_TO_{unit}_NUM {perSecond / divisor}
                #define HZ_TO_{unit}_DEN {frequency / divisor}
                #define {unit}_TO_HZ_NUM {frequency / divisor}
                #define {unit}_TO_HZ_DEN {perSecond / divisor}

                """);
        }

        return header.ToString();
    }

    /// <summary>Multiplier, rounding and shift so that <c>(x * MUL32 + ADJ32) >> SHR32</c> is x * numerator / denominator.</summary>
    private static void AppendFactors(StringBuilder header, string name, int numerator, int denominator)
    {
        var shift = 0;
        while (Multiplier(shift) < BigInteger.One << (Bits - 1))
        {
            shift++;
        }

        var reduced = denominator / (int)BigInteger.GreatestCommonDivisor(numerator, denominator);
        var adjustment = (BigInteger.One << shift) * (reduced - 1) / reduced;
        header.Append(CultureInfo.InvariantCulture, $"""
            #define {name}_MUL32 U64_C(0x{Hex(Multiplier(shift))})
            #define {name}_ADJ32 U64_C(0x{Hex(adjustment)})
            #define {name}_SHR32 {shift}

            """);

        BigInteger Multiplier(int bits) => ((BigInteger.One << bits) * numerator + denominator - 1) / denominator;
    }

    // BigInteger puts a zero in front of a leading digit above 7.
    private static string Hex(BigInteger value) =>
        value.IsZero ? "0" : value.ToString("X", CultureInfo.InvariantCulture).TrimStart('0');
}
