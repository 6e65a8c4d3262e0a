/* 人月。The anchor in C: rule.py over arrays of 32-bit fen, people of a block after another. */
#include <stdint.h>

#define BLOCK 2048
#define MIN(a, b) ((a) < (b) ? (a) : (b))

/* By month and person. DEDUCTIBLE, CEILING and their like are given by whoever compiles it. */
void settle(const int32_t *restrict bill, const int8_t *restrict tertiary, int32_t *restrict fund,
            int32_t *restrict own, int32_t *restrict mutual, int32_t *restrict cash, int64_t months,
            int64_t people) {
    for (int64_t begins = 0; begins < people; begins += BLOCK) {
        int32_t own_left[BLOCK], payer_left[BLOCK], deductible_left[BLOCK], fund_left[BLOCK];
        int64_t some = MIN(people - begins, BLOCK);
        for (int j = 0; j < BLOCK; j++) {
            own_left[j] = OWN_OPENING;
            payer_left[j] = PAYER_OPENING;
        }
        for (int64_t month = 0; month < months; month++) {
            if (month % 12 == 0)
                for (int j = 0; j < BLOCK; j++) {
                    deductible_left[j] = DEDUCTIBLE;
                    fund_left[j] = CEILING;
                }
            int64_t at = month * people + begins;
            const int32_t *restrict b = bill + at;
            const int8_t *restrict t = tertiary + at;
            int32_t *restrict f = fund + at, *restrict o = own + at;
            int32_t *restrict m = mutual + at, *restrict c = cash + at;
#pragma GCC ivdep
            for (int64_t j = 0; j < some; j++) {
                int32_t own_now = own_left[j] + OWN_CREDIT, payer_now = payer_left[j] + PAYER_CREDIT;
                int32_t deductible = MIN(b[j], deductible_left[j]);
                deductible_left[j] -= deductible;
                int32_t eligible = MIN(b[j] - deductible, SATURATED);
                int32_t percent = t[j] ? PERCENT_TERTIARY : PERCENT;
                int32_t paid = (int32_t)((uint32_t)(eligible * percent) / 100u);
                paid = MIN(paid, fund_left[j]);
                fund_left[j] -= paid;
                int32_t rest = b[j] - paid;
                int32_t from_own = MIN(rest, own_now);
                own_left[j] = own_now - from_own;
                rest -= from_own;
                int32_t from_payer = MIN(rest, payer_now);
                payer_left[j] = payer_now - from_payer;
                f[j] = paid;
                o[j] = from_own;
                m[j] = from_payer;
                c[j] = rest - from_payer;
            }
        }
    }
}
