export const benchmarkTools: readonly [] = []
